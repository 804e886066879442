package io.foreshock.backtest.score;

import static io.foreshock.backtest.score.Judged.at;
import static io.foreshock.backtest.score.Judged.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.backtest.score.Baselines.RandomAlarms;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomBaselineTest {

  @Test
  void expectsOfOneAlarmTheShareOfTheTimeThatLiesBeforeAFailure() {
    // 480 hours are watched, 48 of them before the one failure: a tenth of all alarms is true.
    AlarmJudge judge =
        new AlarmJudge(
            Judged.protocol(), Judged.history(480, List.of("m-1"), event("m-1", "c", 200)));

    RandomAlarms random =
        new RandomBaseline(20_000, 3).expect(judge, judge.judge(List.of(event("m-1", "c", 5))));

    assertThat(random.alarms()).isEqualTo(1);
    assertThat(random.precision()).isCloseTo(0.1, within(0.01));
    assertThat(random.recall()).isCloseTo(0.1, within(0.01));
    assertThat(random.leadHoursMedian()).isCloseTo(24, within(1.0));
    assertThat(random.falseAlarmsPerMachineMonth()).isCloseTo(0.9 * 730 / 480, within(0.02));
  }

  @Test
  void agreesWithAlarmsThatAreReallyRaisedAtRandomAndJudged() {
    JudgedHistory history =
        Judged.history(
            1_000,
            List.of("m-1", "m-2"),
            event("m-1", "a", 120),
            event("m-1", "a", 150),
            event("m-1", "b", 700),
            event("m-2", "a", 30),
            event("m-2", "b", 990));
    AlarmJudge judge = new AlarmJudge(Judged.protocol(), history);
    List<Verdict> real = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      real.addAll(judge.judge(List.of(event("m-1", "a", i * 30))));
    }
    real.addAll(judge.judge(List.of(event("m-2", "b", 10), event("m-2", "b", 400))));

    RandomAlarms expected = new RandomBaseline(4_000, 11).expect(judge, real);

    long seed = 4711;
    Random random = new Random(seed);
    double precision = 0;
    double found = 0;
    int draws = 4_000;
    for (int draw = 0; draw < draws; draw++) {
      List<ComponentEvent> alarms = new ArrayList<>();
      fill(alarms, "m-1", "a", 12, random, judge);
      fill(alarms, "m-2", "b", 2, random, judge);
      Score score = judge.score(judge.judge(alarms));
      assertThat(score.alarms()).as("seed %d", seed).isEqualTo(14);
      precision += score.precision() / draws;
      found += score.foundFailures() / (double) draws;
    }
    assertThat(expected.alarms()).isEqualTo(14);
    assertThat(expected.precision()).as("seed %d", seed).isCloseTo(precision, within(0.005));
    assertThat(expected.foundFailures()).as("seed %d", seed).isCloseTo(found, within(0.05));
  }

  @Test
  void leavesOutWhatDoesNotFitIntoTheTimeWatchedAndDependsOnNoOtherAsset() {
    JudgedHistory narrow = Judged.history(30, List.of("m-1"), event("m-1", "c", 29));
    AlarmJudge judge = new AlarmJudge(Judged.protocol(), narrow);
    List<Verdict> many = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      many.add(new Verdict(event("m-1", "c", i), at(29)));
    }

    RandomAlarms random = new RandomBaseline(200, 1).expect(judge, many);

    assertThat(random.alarms()).isBetween(1.0, 2.0);
    JudgedHistory wide = Judged.history(30, List.of("m-1", "m-2"), event("m-1", "c", 29));
    RandomAlarms beside =
        new RandomBaseline(200, 1).expect(new AlarmJudge(Judged.protocol(), wide), many);
    assertThat(beside.trueAlarms()).isEqualTo(random.trueAlarms());
    assertThat(new RandomBaseline(200, 1).expect(judge, List.of()).precision()).isNaN();
  }

  /** Draws until so many are accepted, one after the other as the baseline does. */
  private static void fill(
      List<ComponentEvent> alarms,
      String asset,
      String component,
      int wanted,
      Random random,
      AlarmJudge judge) {
    List<ComponentEvent> own = new ArrayList<>();
    while (own.size() < wanted) {
      ComponentEvent one = event(asset, component, random.nextDouble() * 999.9);
      boolean free =
          own.stream().allMatch(o -> Math.abs(o.millis() - one.millis()) >= 24 * Score.HOUR_MILLIS);
      if (free) {
        own.add(one);
      }
    }
    assertThat(judge.judge(own)).hasSize(wanted);
    alarms.addAll(own);
  }
}
