package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.backtest.data.Truth;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmJudgeTest {
  private static final long START = Instant.parse("2015-03-01T00:00:00Z").toEpochMilli();
  private static final long DAYS = 24;

  @Test
  void takesAnAlarmForTrueWhenItsComponentFailsWithinTwoDays() {
    AlarmJudge scoring = watchingMonth(failure(1, "comp1", 100));

    assertThat(scoring.judge(List.of(alarm(1, "comp1", 52))))
        .singleElement()
        .satisfies(
            v -> {
              assertThat(v.isTrue()).isTrue();
              assertThat(v.leadHours()).isEqualTo(48);
            });
    assertThat(scoring.judge(List.of(alarm(1, "comp1", 51)))).noneMatch(v -> v.isTrue());
    assertThat(scoring.judge(List.of(alarm(1, "comp1", 99)))).allMatch(v -> v.isTrue());
    assertThat(scoring.judge(List.of(alarm(1, "comp1", 100)))).noneMatch(v -> v.isTrue());
    assertThat(scoring.judge(List.of(alarm(1, "comp2", 90)))).noneMatch(v -> v.isTrue());
    assertThat(scoring.judge(List.of(alarm(2, "comp1", 90)))).noneMatch(v -> v.isTrue());
  }

  @Test
  void isSilentForADayAfterAnAcceptedAlarmButNotAfterASilencedOne() {
    AlarmJudge scoring = watchingMonth(failure(1, "comp1", 500));
    List<ComponentEvent> alarms =
        List.of(
            alarm(1, "comp1", 10),
            alarm(1, "comp1", 33),
            alarm(1, "comp1", 34),
            alarm(1, "comp2", 12),
            alarm(2, "comp1", 12));

    assertThat(scoring.judge(alarms))
        .extracting(v -> v.alarm())
        .containsExactly(
            alarm(1, "comp1", 10),
            alarm(1, "comp2", 12),
            alarm(2, "comp1", 12),
            alarm(1, "comp1", 34));
  }

  @Test
  void measuresLeadTimeFromTheFirstAlarmInsideTheHorizon() {
    AlarmJudge scoring =
        watchingMonth(failure(1, "comp1", 100), failure(1, "comp3", 200), failure(2, "comp1", 300));
    List<ComponentEvent> alarms =
        List.of(
            alarm(1, "comp1", 20),
            alarm(1, "comp1", 60),
            alarm(1, "comp1", 90),
            alarm(2, "comp1", 290));

    Score score = scoring.score(scoring.judge(alarms));

    assertThat(score.alarms()).isEqualTo(4);
    assertThat(score.trueAlarms()).isEqualTo(3);
    assertThat(score.failures()).isEqualTo(3);
    assertThat(score.leadHours()).containsExactly(10.0, 40.0);
    assertThat(score.leadHoursMedian()).isEqualTo(25);
    assertThat(score.leadHoursP10()).isEqualTo(13);
    assertThat(score.precision()).isEqualTo(0.75);
    assertThat(score.recall()).isEqualTo(2 / 3.0);
    assertThat(score.f1()).isCloseTo(2 * 0.75 * 2 / 3 / (0.75 + 2 / 3.0), within(1e-12));
    assertThat(score.falseAlarmsPerMachineMonth())
        .isCloseTo(1 / (2 * (30 * DAYS + 1) / 730.0), within(1e-12));
    Score ofThree = Score.of(scoring.tallies(scoring.judge(alarms), "comp3"));
    assertThat(ofThree.precision()).isNaN();
    assertThat(ofThree.recall()).isZero();
    assertThat(scoring.missed(scoring.judge(alarms))).containsExactly(failure(1, "comp3", 200));
    assertThat(scoring.tallies(scoring.judge(alarms), null))
        .extracting(Tally::asset, Tally::alarms, Tally::trueAlarms, Tally::failures)
        .containsExactly(tuple("m1", 3, 2, 2), tuple("m2", 1, 1, 1));
  }

  @Test
  void leavesOutAlarmsAndFailuresThatTelemetryDoesNotCover() {
    AssetHours readings = new AssetHours(at(0));
    for (int hour = 0; hour < 30; hour++) {
      readings.add("m1", at(hour));
    }
    for (int hour = 100; hour < 150; hour++) {
      if (hour != 120) {
        readings.add("m1", at(hour));
      }
    }
    List<ComponentEvent> failures =
        List.of(
            failure(1, "comp1", 23), // less than a day since the recording began
            failure(1, "comp2", 30), // the recording began 30 hours before
            failure(1, "comp3", 130), // the fragment began 30 hours before
            failure(1, "comp4", 149)); // one reading is missing
    Observation observation = Observation.ofTelemetry(readings, failures);

    assertThat(observation.failures())
        .extracting(ComponentEvent::component)
        .containsExactly("comp2", "comp4");
    assertThat(observation.allFailures())
        .extracting(ComponentEvent::component)
        .containsExactly("comp2", "comp3", "comp4");
    assertThat(observation.machineHours()).isEqualTo(79);
    assertThat(observation.watches(alarm(1, "comp1", 119))).isTrue();
    assertThat(observation.watches(alarm(1, "comp1", 120))).isFalse();
    assertThat(observation.watches(alarm(2, "comp1", 119))).isFalse();
    // An alarm is true even when its failure does not count.
    AlarmJudge scoring =
        new AlarmJudge(
            Judged.protocol(),
            JudgedHistory.of(new Truth(failures, List.of(), List.of(), observation)));
    List<Verdict> verdicts = scoring.judge(List.of(alarm(1, "comp3", 110)));
    assertThat(verdicts).hasSize(1).allMatch(v -> v.isTrue());
    assertThat(scoring.score(verdicts).foundFailures()).isZero();
    assertThat(scoring.found(verdicts)).isEqualTo(new AlarmJudge.Found(3, 1));
    // An alarm at a time that was not watched silences nothing.
    assertThat(scoring.judge(List.of(alarm(1, "comp4", 90), alarm(1, "comp4", 105))))
        .extracting(v -> v.alarm())
        .containsExactly(alarm(1, "comp4", 105));
  }

  private static AlarmJudge watchingMonth(ComponentEvent... failures) {
    Observation observation =
        Observation.ofEvents(List.of("m1", "m2"), at(0), at(30 * DAYS), List.of(failures));
    return new AlarmJudge(
        Judged.protocol(),
        JudgedHistory.of(new Truth(List.of(failures), List.of(), List.of(), observation)));
  }

  private static ComponentEvent failure(int machine, String component, long hour) {
    return new ComponentEvent("m" + machine, component, at(hour));
  }

  private static ComponentEvent alarm(int machine, String component, long hour) {
    return new ComponentEvent("m" + machine, component, at(hour));
  }

  private static long at(long hour) {
    return START + hour * AssetHours.HOUR_MILLIS;
  }
}
