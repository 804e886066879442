package io.foreshock.backtest.score;

import static io.foreshock.backtest.score.Judged.at;
import static io.foreshock.backtest.score.Judged.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.backtest.score.Baselines.Rule;
import io.foreshock.backtest.score.Baselines.Thresholds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThresholdBaselineTest {
  private static final List<String> ASSETS = List.of("m-1", "m-2", "m-3", "m-4");
  private static final int HOURS = 600;

  /** Each machine fails once, and its temperature is above 90 in the 30 hours before. */
  private static final JudgedHistory HISTORY =
      Judged.history(
          HOURS,
          ASSETS,
          event("m-1", "bearing", 200),
          event("m-2", "bearing", 300),
          event("m-3", "bearing", 400),
          event("m-4", "bearing", 500));

  private static final Optional<AssetSplit> SPLIT =
      Optional.of(new AssetSplit(List.of("m-1", "m-2"), List.of("m-3", "m-4")));

  @Test
  void findsTheLimitThatTellsFailuresApart() throws IOException {
    Thresholds found = baseline(SPLIT, readings(0)).orElseThrow();

    assertThat(found.rules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.component()).isEqualTo("bearing");
              assertThat(rule.channel()).isEqualTo("temperature");
              assertThat(rule.above()).isTrue();
              assertThat(rule.limit()).isBetween(59.0, 91.0);
              assertThat(rule.chosen().f1()).isEqualTo(1);
              assertThat(rule.judged().orElseThrow().f1()).isEqualTo(1);
            });
    assertThat(found.channels()).extracting(Rule::channel).contains("temperature");
    assertThat(found.overall().test().score().failures()).isEqualTo(2);
    assertThat(found.overall().test().score().leadHoursMedian()).isEqualTo(30);
    assertThat(found.overall().all().score().assets()).isEqualTo(4);
    assertThat(found.overall().train().score().assets()).isEqualTo(2);
  }

  @Test
  void doesTheSameAsTheJudgeWouldSayOfItsAlarms() throws IOException {
    Thresholds found = baseline(SPLIT, readings(3)).orElseThrow();

    Rule rule = found.rules().get(0);
    List<ComponentEvent> alarms = new ArrayList<>();
    readings(3)
        .forEach(
            (asset, channel, millis, value) -> {
              if (channel.equals(rule.channel())
                  && (rule.above() ? value > rule.limit() : value < rule.limit())) {
                alarms.add(new ComponentEvent(asset, rule.component(), millis));
              }
            });
    AlarmJudge judge = new AlarmJudge(Judged.protocol(), HISTORY);
    assertThat(found.overall().all().score()).isEqualTo(judge.score(judge.judge(alarms)));
    assertThat(found.overall().all().score().alarms()).isGreaterThan(4);
  }

  @Test
  void countsAssetsOfNoSideOfTheSplitWhereAllAreReported() throws IOException {
    Optional<AssetSplit> some = Optional.of(new AssetSplit(List.of("m-1"), List.of("m-3")));

    Thresholds found = baseline(some, readings(0)).orElseThrow();

    Score all = found.overall().all().score();
    assertThat(all.assets()).isEqualTo(4);
    assertThat(all.failures()).isEqualTo(4);
    assertThat(all.foundFailures()).isEqualTo(4);
    assertThat(found.overall().test().score().foundFailures()).isEqualTo(1);
  }

  @Test
  void choosesTheSameWhateverHappensOnTheMachinesHeldOut() throws IOException {
    Thresholds before = baseline(SPLIT, readings(0)).orElseThrow();
    Readings other =
        reader ->
            readings(0)
                .forEach(
                    (asset, channel, millis, value) ->
                        reader.read(
                            asset,
                            channel,
                            millis,
                            asset.equals("m-3") || asset.equals("m-4") ? 100 - value : value));
    JudgedHistory noFailures =
        Judged.history(HOURS, ASSETS, event("m-1", "bearing", 200), event("m-2", "bearing", 300));

    Thresholds after =
        new ThresholdBaseline(Judged.protocol(), noFailures, Judged.FEW_DRAWS, SPLIT)
            .of(other)
            .orElseThrow();

    assertThat(after.rules())
        .extracting(Rule::limit, Rule::channel, Rule::chosen)
        .isEqualTo(
            before.rules().stream()
                .map(r -> org.assertj.core.groups.Tuple.tuple(r.limit(), r.channel(), r.chosen()))
                .toList());
    assertThat(after.overall().train()).isEqualTo(before.overall().train());
    assertThat(after.overall().test()).isNotEqualTo(before.overall().test());
  }

  @Test
  void judgesNoMachineByALimitThatWasChosenOnItWhenNothingIsHeldOut() throws IOException {
    Thresholds found = baseline(Optional.empty(), readings(0)).orElseThrow();

    assertThat(found.rules()).extracting(Rule::fold).containsExactly(0, 1);
    assertThat(found.overall().all().score().failures()).isEqualTo(4);
    assertThat(found.overall().all().score().foundFailures()).isEqualTo(4);
    assertThat(found.overall().train()).isNull();
    assertThat(baseline(Optional.empty(), Readings.NONE)).isEmpty();
  }

  private static Optional<Thresholds> baseline(Optional<AssetSplit> split, Readings readings)
      throws IOException {
    return new ThresholdBaseline(Judged.protocol(), HISTORY, Judged.FEW_DRAWS, split).of(readings);
  }

  /** Temperatures around 50, above 90 before a failure; pressure says nothing. */
  private static Readings readings(int spikes) {
    return reader -> {
      SplittableRandom random = new SplittableRandom(5);
      for (int hour = 0; hour < HOURS; hour++) {
        for (int i = 0; i < ASSETS.size(); i++) {
          int failure = 200 + 100 * i;
          boolean hot =
              hour >= failure - 30 && hour < failure || hour < spikes * 25 && hour % 25 == 0;
          double noise = random.nextDouble() * 10;
          reader.read(ASSETS.get(i), "temperature", at(hour), (hot ? 90 : 50) + noise);
          reader.read(ASSETS.get(i), "pressure", at(hour), random.nextDouble());
        }
      }
    };
  }
}
