package io.foreshock.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.chaos.truth.Comparison;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosResultTest {
  private static final ChaosSettings SETTINGS = ChaosSettings.brief(1);
  private static final FaultRecord KILL = kill(0.2, 3.0);
  private static final Comparison EQUAL = comparison(10);

  @Test
  void isRightWhenEverythingCameAndEveryFaultWasRecoveredFrom() {
    assertThat(result(List.of(KILL), List.of(EQUAL)).isRight()).isTrue();
  }

  @Test
  void isNotRightWhenNoFaultWasDone() {
    assertThat(result(List.of(), List.of(EQUAL)).isRight()).isFalse();
  }

  @Test
  void isNotRightWhenAnOutputHadNothingToSay() {
    assertThat(result(List.of(KILL), List.of(EQUAL, comparison(0))).isRight()).isFalse();
    assertThat(result(List.of(KILL), List.of()).isRight()).isFalse();
  }

  @Test
  void isNotRightWhenTheJobNeverRecoveredFromAKillThatNoQuantileShows() {
    ChaosResult result = result(List.of(KILL, kill(0.1, Double.NaN)), List.of(EQUAL));

    assertThat(result.neverRecovered()).isEqualTo(1);
    assertThat(result.toJson().path("neverRecovered").asInt()).isEqualTo(1);
    assertThat(result.isRight()).isFalse();
  }

  @Test
  void tellsTheNextRecordFromTheFirstThatWasSentAfterTheKill() {
    ChaosResult result = result(List.of(KILL, kill(0.4, 5.0)), List.of(EQUAL));

    assertThat(result.nextRecordSeconds()).containsExactly(0.2, 0.4);
    assertThat(result.recoverySeconds()).containsExactly(3.0, 5.0);
    assertThat(result.toJson().path("nextRecordSecondsP50").asDouble()).isEqualTo(0.3);
    assertThat(result.toJson().path("recoverySecondsP50").asDouble()).isEqualTo(4.0);
  }

  private static FaultRecord kill(double next, double recovery) {
    return new FaultRecord(
        1, FaultKind.KILL_TASK_MANAGER, "taskmanager-1", 0, true, next, recovery);
  }

  private static Comparison comparison(long records) {
    return new Comparison("telemetry", records, records, 0, 0, 0, 0, List.of());
  }

  private static ChaosResult result(List<FaultRecord> faults, List<Comparison> comparisons) {
    return new ChaosResult("ingest", SETTINGS, faults, 0, 100, 0, comparisons, List.of(), 0, true);
  }
}
