package io.foreshock.operators.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.StandsOut;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StandsOutDetectorTest {
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final StandsOut SPEC = spec(List.of("b", "c"), 4, 2);

  /** Rows in which the baseline is learned: a day of ten minutes. */
  private static final int LEARNING = 145;

  private final Random random = new Random(7);

  @Test
  void tellsTheChannelThatRisesAlone() {
    RowSeries rig = rig().rows(LEARNING + 100, i -> noise(0, 0, 0)).rows(30, i -> noise(8, 0, 0));

    assertThat(rig.said()).containsExactly(Outcome.ONSET);
    assertThat(rig.onsets().get(0)).isBetween(LEARNING + 100, LEARNING + 108);
    assertThat(rig.detector.score()).isGreaterThan(4);
    assertThat(rig.detector.limit()).isEqualTo(4);
  }

  @Test
  void staysSilentWhenAllRiseAlike() {
    RowSeries rig = rig().rows(LEARNING + 100, i -> noise(0, 0, 0)).rows(100, i -> noise(9, 9, 9));

    assertThat(rig.said()).isEmpty();
  }

  @Test
  void staysSilentWhenItOnlyFeelsItsNeighbour() {
    RowSeries rig = rig().rows(LEARNING + 100, i -> noise(0, 0, 0)).rows(100, i -> noise(9, 30, 2));

    assertThat(rig.said()).isEmpty();
  }

  @Test
  void isNotHeldBackByPeersThatFall() {
    RowSeries rig = rig().rows(LEARNING, i -> noise(0, 0, 0)).rows(100, i -> noise(0, -40, -40));

    assertThat(rig.said()).isEmpty();
  }

  @Test
  void endsWhenAPeerCatchesUp() {
    RowSeries rig =
        rig()
            .rows(LEARNING + 20, i -> noise(0, 0, 0))
            .rows(30, i -> noise(9, 0, 0))
            .rows(30, i -> noise(9, 9, 0));

    assertThat(rig.said()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
    assertThat(rig.detector.limit()).isEqualTo(2);
  }

  @Test
  void leavesOutAPeerThatNeverMoves() {
    RowSeries rig =
        rig()
            .rows(LEARNING + 20, i -> new double[] {random.nextGaussian(), 5, 5})
            .rows(50, i -> new double[] {9 + random.nextGaussian(), 5, 5});
    assertThat(rig.said()).as("without any peer").isEmpty();

    rig =
        rig()
            .rows(
                LEARNING + 20, i -> new double[] {random.nextGaussian(), random.nextGaussian(), 5})
            .rows(50, i -> new double[] {9 + random.nextGaussian(), random.nextGaussian(), 5});
    assertThat(rig.said()).containsExactly(Outcome.ONSET);
  }

  @Test
  void learnsAnewAfterMaintenance() {
    RowSeries rig =
        rig()
            .rows(LEARNING + 20, i -> noise(0, 0, 0))
            .rows(30, i -> noise(9, 0, 0))
            .relearn()
            .rows(LEARNING + 50, i -> noise(9, 0, 0));

    assertThat(rig.said()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
    assertThat(rig.detector.limit()).isNaN();
  }

  @Test
  void judgesNothingWhileAPeerIsSilentForLongerThanTheGap() {
    RowSeries rig =
        rig()
            .rows(LEARNING + 20, i -> noise(0, 0, 0))
            .rows(30, i -> new double[] {9, Double.NaN, 0});

    assertThat(rig.onsets())
        .as("the last value of the peer stands in for a twentieth of the day")
        .allSatisfy(row -> assertThat(row).isLessThan(LEARNING + 20 + 8));
  }

  @Test
  void givesTheDifferenceOfStandardisedDeviations() {
    // Learned: deviation of +-1 around 0 is 1.0 within the sampling error of the learner.
    StandsOut spec =
        new StandsOut(
            "a", List.of("b"), Duration.ofDays(1), 3, 1, Duration.ZERO, Duration.ZERO, "");
    RowSeries rig =
        new RowSeries(new StandsOutDetector(spec), STEP)
            .rows(LEARNING + 1, i -> new double[] {i % 2 * 2 - 1, i % 2 * 20 - 10})
            .send(7, 20);

    assertThat(rig.said()).containsExactly(Outcome.ONSET);
    assertThat(rig.detector.score()).isCloseTo(7 - 2, within(0.1));
  }

  @Test
  void refusesWhatContradictsItself() {
    assertThatThrownBy(() -> new StandsOutDetector(spec(List.of(), 4, 2)))
        .hasMessageContaining("a channel stands out among peers");
    assertThatThrownBy(() -> new StandsOutDetector(spec(List.of("a"), 4, 2)))
        .hasMessageContaining("must not be named twice");
    assertThatThrownBy(() -> new StandsOutDetector(spec(List.of("b"), 4, 5)))
        .hasMessageContaining("clearSigma must not be larger than limitSigma");
  }

  private static StandsOut spec(List<String> peers, double limit, double clear) {
    Duration hold = Duration.ofMinutes(30);
    return new StandsOut("a", peers, Duration.ofDays(1), limit, clear, hold, hold, "shaft");
  }

  private static RowSeries rig() {
    return new RowSeries(new StandsOutDetector(SPEC), STEP);
  }

  private double[] noise(double a, double b, double c) {
    return new double[] {
      a + random.nextGaussian(), b + random.nextGaussian(), c + random.nextGaussian()
    };
  }
}
