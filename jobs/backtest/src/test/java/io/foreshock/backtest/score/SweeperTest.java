package io.foreshock.backtest.score;

import static io.foreshock.backtest.score.Judged.event;
import static io.foreshock.backtest.score.Reported.detection;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private static final JudgedHistory HISTORY =
      Judged.history(
          1_000, List.of("m-1", "m-2"), event("m-1", "bearing", 200), event("m-2", "bearing", 300));
  private static final SweepPlan PLAN =
      SweepPlan.of(
          SweepRequest.parse("symptoms.rough.above=7,8,9"),
          1,
          List.of(new PatternText("shakes.yaml", Reported.SHAKES)),
          Reported.LANGUAGE);

  /** The lowest limit finds the failure of m-1 and is wrong once; the next finds it. */
  private static final List<Detection> ON_TRAIN =
      List.of(
          detection("m-1", "shakes-sweep-1-1", 170),
          detection("m-1", "shakes-sweep-1-1", 500),
          detection("m-1", "shakes-sweep-1-2", 180));

  @Test
  void judgesEachValueOnItsOwnAndTogetherWithTheOtherPatterns() {
    List<Detection> base = List.of(detection("m-1", "shakes", 190), detection("m-2", "other", 290));

    Sweep sweep = new Sweeper(question(Optional.empty()), base).judge(PLAN, ON_TRAIN);

    assertThat(sweep.points())
        .extracting(Sweep.Point::text)
        .containsExactly("7 mm/s", "8 mm/s", "9 mm/s");
    assertThat(sweep.points()).extracting(Sweep.Point::number).containsExactly(7.0, 8.0, 9.0);
    assertThat(sweep.unit()).isEqualTo("mm/s");
    Score lowest = sweep.points().get(0).all().score();
    assertThat(lowest.alarms()).isEqualTo(2);
    assertThat(lowest.trueAlarms()).isEqualTo(1);
    assertThat(lowest.recall()).isEqualTo(0.5);
    assertThat(lowest.leadHours()).containsExactly(30.0);
    assertThat(sweep.points().get(2).all().score().alarms()).isZero();
    // With the other pattern both failures are found; the pattern as it stands has no part in it.
    assertThat(sweep.points().get(1).overall().leadHours()).containsExactly(10.0, 20.0);
    assertThat(sweep.points().get(2).overall().foundFailures()).isEqualTo(1);
    assertThat(sweep.bestPoint().orElseThrow().text()).isEqualTo("8 mm/s");
    assertThat(sweep.chosenOnTrain()).isFalse();
  }

  @Test
  void choosesOnTrainingMachinesWhateverHappensOnTheOthers() {
    Optional<AssetSplit> split = Optional.of(new AssetSplit(List.of("m-1"), List.of("m-2")));
    Sweeper sweeper = new Sweeper(question(split), List.of());
    List<Detection> more = new ArrayList<>(ON_TRAIN);
    more.add(detection("m-2", "shakes-sweep-1-1", 280));
    more.add(detection("m-2", "shakes-sweep-1-3", 280));
    more.add(detection("m-2", "shakes-sweep-1-2", 600));
    more.add(detection("m-2", "shakes-sweep-1-2", 700));

    Sweep without = sweeper.judge(PLAN, ON_TRAIN);
    Sweep with = sweeper.judge(PLAN, more);

    assertThat(with.chosenOnTrain()).isTrue();
    assertThat(with.best()).isEqualTo(without.best()).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      assertThat(with.points().get(i).split().orElseThrow().train())
          .isEqualTo(without.points().get(i).split().orElseThrow().train());
    }
    assertThat(with.points().get(1).split().orElseThrow().test().score().falseAlarms())
        .isEqualTo(2);
  }

  private static Question question(Optional<AssetSplit> split) {
    return new Question(
        Judged.protocol(),
        Judged.FEW_DRAWS,
        HISTORY,
        List.of(),
        Reported.patterns(Reported.SHAKES),
        Question.CRITICAL,
        split);
  }
}
