package io.foreshock.operators.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Degradation;
import io.foreshock.operators.detect.DetectorSpec.Growth;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DegradationDetectorTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Growth GROWTH =
      new Growth(1, 5, 0.2, 0.02, 0.005, 0.3, Duration.ofHours(120));
  private static final Degradation SPEC = spec(List.of("hot", "rough"), List.of("flow"), GROWTH);

  /** Rows after which the baseline of 30 h is known. */
  private static final int LEARNING = 31;

  private final Random random = new Random(5);

  @Test
  void warnsAsLongBeforeTheEndAsItWasTold() {
    RowSeries machine = healthy();
    // The index is 1 at the start and 5 after 80.5 h.
    machine.rows(81, i -> worn(Math.exp(0.02 * (i - LEARNING - 40))));

    assertThat(machine.said()).containsExactly(Outcome.ONSET);
    // 48 h before that is after 32.5 h; the averages lag, and the noise is that of one machine.
    assertThat(machine.onsets().get(0) - LEARNING - 40).isBetween(24, 44);
    assertThat(machine.detector.score()).isLessThan(48);
    assertThat(machine.detector.limit()).isEqualTo(48);
    assertThat(machine.detector.detail()).matches("remaining [0-9.]+ h \\([0-9.]+ to [0-9.]+\\)");
  }

  @Test
  void meansTheSameByChannelsThatRiseAndThatFall() {
    DegradationDetector detector = new DegradationDetector(SPEC);
    new RowSeries(detector, HOUR)
        .rows(LEARNING, i -> new double[] {i % 2 * 2 - 1, i % 2 * 2 - 1, i % 2 * 20 - 10})
        .rows(60, i -> new double[] {3, 3, -30});

    assertThat(detector.index()).isCloseTo(3, within(0.15));
  }

  @Test
  void staysSilentWhileTheMachineIsHealthy() {
    RowSeries machine = healthy().rows(2_000, i -> worn(0));

    assertThat(machine.said()).isEmpty();
    assertThat(((DegradationDetector) machine.detector).remainingLife().hours()).isEqualTo(120);
  }

  @Test
  void endsWithMaintenanceAndLearnsAnew() {
    RowSeries machine = healthy().rows(81, i -> worn(Math.exp(0.02 * (i - LEARNING - 40))));

    machine.relearn();

    assertThat(machine.said()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
    assertThat(machine.detector.detail()).isEmpty();
    machine.rows(200, i -> worn(5));
    assertThat(machine.said()).hasSize(2);
  }

  @Test
  void endsWhenTheWearIsGone() {
    RowSeries machine =
        healthy().rows(81, i -> worn(Math.exp(0.02 * (i - LEARNING - 40)))).rows(40, i -> worn(0));

    assertThat(machine.said()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
  }

  @Test
  void theEndNamesTheChannelOfTheOnset() {
    DegradationDetector detector = new DegradationDetector(SPEC);
    RowSeries machine =
        new RowSeries(detector, HOUR)
            .rows(LEARNING, i -> new double[] {i % 2 * 2 - 1, i % 2 * 2 - 1, i % 2 * 20 - 10})
            .rows(60, i -> new double[] {3, 6, -30});
    assertThat(machine.said()).containsExactly(Outcome.ONSET);
    assertThat(detector.leading()).isEqualTo(1);

    machine.rows(60, i -> new double[] {0.2, 0, 0});

    assertThat(machine.said()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
    assertThat(detector.leading()).isEqualTo(1);
  }

  @Test
  void doesNotAgeWhileTheMachineStandsStill() {
    RowSeries machine = healthy().rows(30, i -> worn(Math.exp(0.02 * (i - LEARNING - 40))));
    DegradationDetector detector = (DegradationDetector) machine.detector;
    double before = detector.remainingLife().hours();

    machine.gap(Duration.ofDays(365)).rows(3, i -> worn(Math.exp(0.02 * 30)));

    // The averages have forgotten, so the index is noisier than before; a year is 8,760 h.
    assertThat(detector.remainingLife().hours()).isCloseTo(before, within(30.0));
  }

  @Test
  void ignoresWhatIsNoNumberOrNotNewer() {
    RowSeries machine = healthy().rows(20, i -> worn(1.5));
    DegradationDetector detector = (DegradationDetector) machine.detector;
    double index = detector.index();

    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
      assertThat(detector.onReading(0, machine.timeMillis(), wrong)).isEqualTo(Outcome.NONE);
    }
    assertThat(detector.onReading(0, machine.timeMillis() - 3_600_000, 1e6))
        .isEqualTo(Outcome.NONE);

    assertThat(detector.index()).isEqualTo(index);
  }

  @Test
  void needsHalfOfItsChannels() {
    // Two of three never move: their baseline has no scale.
    RowSeries machine =
        new RowSeries(new DegradationDetector(SPEC), HOUR)
            .rows(LEARNING + 40, i -> new double[] {random.nextGaussian(), 1, 1})
            .rows(100, i -> new double[] {9, 1, 1});
    assertThat(machine.said()).isEmpty();

    machine =
        new RowSeries(new DegradationDetector(SPEC), HOUR)
            .rows(
                LEARNING + 40, i -> new double[] {random.nextGaussian(), random.nextGaussian(), 1})
            .rows(100, i -> new double[] {9, 9, 1});
    assertThat(machine.said()).contains(Outcome.ONSET);
  }

  @Test
  void refusesWhatContradictsItself() {
    Growth upsideDown = new Growth(5, 5, 0.2, 0.02, 0.005, 0.3, Duration.ofHours(120));
    Growth still = new Growth(1, 5, 0.2, 0, 0.005, 0.3, Duration.ofHours(120));
    Growth shortSighted = new Growth(1, 5, 0.2, 0.02, 0.005, 0.3, Duration.ofHours(71));
    List<String> rising = List.of("hot");
    assertThatThrownBy(() -> Detector.of(spec(rising, List.of(), upsideDown)))
        .hasMessageContaining("wear begins above zero and below the level of failure");
    assertThatThrownBy(() -> Detector.of(spec(rising, List.of(), still)))
        .hasMessageContaining("the index must grow");
    assertThatThrownBy(() -> Detector.of(spec(rising, List.of(), shortSighted)))
        .hasMessageContaining(
            "1.5 times remaining, where it ends, must not exceed the longest forecast");
    assertThatThrownBy(() -> Detector.of(spec(rising, rising, GROWTH)))
        .hasMessageContaining("must not be named twice");
  }

  private static Degradation spec(List<String> rising, List<String> falling, Growth growth) {
    return new Degradation(
        rising,
        falling,
        Duration.ofHours(30),
        Duration.ofHours(3),
        growth,
        Duration.ofHours(48),
        Duration.ofHours(2),
        "engine");
  }

  /** A machine that ran until its baseline was known, and 40 h more. */
  private RowSeries healthy() {
    return new RowSeries(new DegradationDetector(SPEC), HOUR).rows(LEARNING + 40, i -> worn(0));
  }

  private double[] worn(double index) {
    return new double[] {
      index + random.nextGaussian(),
      10 * (index + random.nextGaussian()),
      100 - index - random.nextGaussian()
    };
  }
}
