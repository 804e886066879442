package io.foreshock.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.OperatingStateChange.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTruthTest {
  private static final FleetConfig CONFIG = FleetConfig.demo(7, 200, Duration.ofHours(72));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 42})
  void seedsFailuresOfEveryKindThatCompleteAndOneThatDoesNot(long seed) {
    FleetConfig config = FleetConfig.demo(seed, 200, Duration.ofHours(72));
    List<SeededFailure> failures = new FleetSimulation(config).truth().failures();

    assertThat(failures).hasSize(config.failures());
    assertThat(failures.stream().filter(SeededFailure::completes).map(SeededFailure::kind))
        .contains(FailureKind.values());
    assertThat(failures).anyMatch(f -> !f.completes());
    for (SeededFailure failure : failures) {
      assertThat(failure.onsetMillis()).isGreaterThan(config.startMillis());
      assertThat(failure.failureMillis()).isGreaterThan(failure.onsetMillis());
      assertThat(failure.completes()).isEqualTo(failure.failureMillis() < config.endMillis());
      assertThat(failure.asset().assetClass()).isEqualTo(failure.kind().assetKind().assetClass());
    }
  }

  @Test
  void givesHealthyMachinesDisturbancesOfEveryKind() {
    FleetTruth truth = new FleetSimulation(CONFIG).truth();
    Stream<Disturbance.Kind> kinds =
        truth.assets().stream().flatMap(a -> truth.disturbances(a).stream()).map(Disturbance::kind);

    assertThat(Stream.concat(kinds, Stream.of(truth.hotDay().kind())).distinct())
        .containsExactlyInAnyOrder(Disturbance.Kind.values());
  }

  @Test
  void showsAWearingBearingShakeUntilItFailsAndStandStillUntilItIsReplaced() {
    FleetSimulation fleet = new FleetSimulation(CONFIG);
    SeededFailure failure =
        fleet.truth().failures().stream()
            .filter(f -> f.kind() == FailureKind.BEARING_WEAR && f.completes())
            .findFirst()
            .orElseThrow();
    long repaired = fleet.truth().repairedMillis(failure.asset());
    List<Upload> ofAsset =
        FleetSimulationTest.run(CONFIG).stream()
            .filter(u -> u.batch().asset().equals(failure.asset()) && !u.repeat())
            .toList();

    assertThat(vibration(ofAsset, failure.onsetMillis() - 3_600_000)).isLessThan(3.2);
    assertThat(vibration(ofAsset, failure.failureMillis() - 120_000)).isGreaterThan(10);
    assertThat(vibration(ofAsset, failure.failureMillis() + 600_000)).isLessThan(0.1);
    assertThat(ofAsset.stream().flatMap(u -> u.batch().operatingStateChanges().stream()))
        .extracting(OperatingStateChange::state)
        .containsExactly(State.RUNNING, State.FAULT, State.RUNNING);
    assertThat(ofAsset.stream().flatMap(u -> u.batch().maintenanceEvents().stream()))
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.component()).isEqualTo("bearing");
              assertThat(m.kind()).isEqualTo(MaintenanceEvent.Kind.REPLACED);
              assertThat(m.eventTimeMillis()).isBetween(repaired, repaired + 60_000);
            });
  }

  @Test
  void growsFaultsExponentially() {
    Degradation degradation = new Degradation(1000, 2000, 3);

    assertThat(degradation.at(999)).isZero();
    assertThat(degradation.at(1000)).isZero();
    assertThat(degradation.at(1500)).isBetween(0.15, 0.2);
    assertThat(degradation.at(2000)).isEqualTo(1);
    assertThat(degradation.at(2001)).isZero();
  }

  private static double vibration(List<Upload> uploads, long after) {
    return uploads.stream()
        .flatMap(u -> u.batch().measurements().stream())
        .filter(m -> m.channel().equals("vibration_rms_mm_s") && m.eventTimeMillis() >= after)
        .mapToDouble(Measurement::value)
        .limit(1)
        .findFirst()
        .orElseThrow();
  }
}
