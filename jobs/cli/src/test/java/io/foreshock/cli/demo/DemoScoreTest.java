package io.foreshock.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.fleet.FleetConfig;
import io.foreshock.fleet.FleetSimulation;
import io.foreshock.fleet.FleetTruth;
import io.foreshock.fleet.SeededFailure;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoScoreTest {
  private static final long HOUR = 3_600_000L;
  private static final FleetConfig CONFIG = FleetConfig.demo(3, 90, Duration.ofHours(72));
  private static final FleetTruth TRUTH = new FleetSimulation(CONFIG).truth();
  private static final SeededFailure FAILURE =
      TRUTH.failures().stream().filter(SeededFailure::completes).findFirst().orElseThrow();

  @Test
  void findsAFailureByTheFirstAlarmThatNamesItsComponentBeforeItHappens() {
    DemoScore score =
        score(
            alarm(FAILURE.asset(), FAILURE.kind().component(), FAILURE.failureMillis() - 2 * HOUR),
            alarm(FAILURE.asset(), FAILURE.kind().component(), FAILURE.failureMillis() - 5 * HOUR));

    assertThat(score.found()).containsOnlyKeys(FAILURE);
    assertThat(score.leadHours()).containsExactly(5.0);
    assertThat(score.missed()).doesNotContain(FAILURE).isNotEmpty();
    assertThat(score.unfinished()).allMatch(f -> !f.completes()).isNotEmpty();
    assertThat(score.falseAlarms()).isEmpty();
  }

  @Test
  void callsAnAlarmBeforeTheFaultBeganFalse() {
    DemoScore score =
        score(alarm(FAILURE.asset(), FAILURE.kind().component(), FAILURE.onsetMillis() - HOUR));

    assertThat(score.found()).isEmpty();
    assertThat(score.falseAlarms()).hasSize(1);
  }

  @Test
  void callsAnAlarmAfterTheRepairFalse() {
    long repaired = TRUTH.repairedMillis(FAILURE.asset());

    assertThat(score(alarm(FAILURE.asset(), FAILURE.kind().component(), repaired)).falseAlarms())
        .hasSize(1);
  }

  @Test
  void callsAnAlarmForAnotherComponentOfAFailingMachineMisattributed() {
    DemoScore score = score(alarm(FAILURE.asset(), "paint", FAILURE.failureMillis() - HOUR));

    assertThat(score.found()).isEmpty();
    assertThat(score.misattributed()).hasSize(1);
    assertThat(score.falseAlarms()).isEmpty();
  }

  @Test
  void countsAnAlarmOnAHealthyMachineOnceADay() {
    AssetRef healthy = healthyAsset();
    long t = CONFIG.startMillis() + 10 * HOUR;

    DemoScore score =
        score(
            alarm(healthy, "bearing", t),
            alarm(healthy, "bearing", t + HOUR),
            alarm(healthy, "bearing", t + 24 * HOUR));

    assertThat(score.falseAlarms()).hasSize(2);
  }

  @Test
  void countsNeitherWatchesNorBacklogAsAlarms() {
    AssetRef healthy = healthyAsset();
    long t = CONFIG.startMillis() + 10 * HOUR;

    DemoScore score =
        score(
            detection(healthy, "bearing", t, Severity.WATCH, false),
            detection(healthy, "bearing", t, Severity.CRITICAL, true));

    assertThat(score.falseAlarms()).isEmpty();
    assertThat(score.watches()).isEqualTo(1);
  }

  @Test
  void doesNotAskForAFailureThatWouldHaveComeAfterTheEnd() {
    DemoScore score = DemoScore.of(TRUTH, List.of(), CONFIG.startMillis() + HOUR);

    assertThat(score.missed()).isEmpty();
    assertThat(score.completed(CONFIG.startMillis() + HOUR)).isZero();
  }

  private static DemoScore score(Detection... detections) {
    return DemoScore.of(TRUTH, List.of(detections), CONFIG.endMillis());
  }

  private static AssetRef healthyAsset() {
    Set<String> failing =
        TRUTH.failures().stream().map(f -> f.asset().key()).collect(Collectors.toSet());
    return TRUTH.assets().stream()
        .filter(a -> !failing.contains(a.key()))
        .findFirst()
        .orElseThrow();
  }

  private static Detection alarm(AssetRef asset, String component, long millis) {
    return detection(asset, component, millis, Severity.CRITICAL, false);
  }

  static Detection detection(
      AssetRef asset, String component, long millis, Severity severity, boolean backlog) {
    return new Detection(
        asset.key() + component + millis,
        asset,
        "some-pattern",
        1,
        component,
        "wear",
        severity,
        millis,
        48 * HOUR,
        backlog,
        List.of());
  }
}
