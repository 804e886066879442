package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Series.HOUR;
import static io.foreshock.operators.detect.Series.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThresholdDetectorTest {

  private static Threshold above(Duration hold) {
    return new Threshold("t", Side.ABOVE, 80, 70, hold, Duration.ZERO);
  }

  @Test
  void firesOnTheFirstReadingBeyondWithoutHold() {
    Series series = new Series(above(Duration.ZERO), MINUTE).values(79, 80, 80.1, 90, 75);

    assertThat(series.onsets()).containsExactly(2);
    assertThat(series.said().get(0).score()).isEqualTo(80.1);
    assertThat(series.said().get(0).limit()).isEqualTo(80);
  }

  @Test
  void firesOnTheReadingThatCompletesTheHold() {
    Series series = new Series(above(Duration.ofMinutes(3)), MINUTE).values(60, 81, 82, 83, 84, 85);

    assertThat(series.onsets()).containsExactly(4);
  }

  @Test
  void staysSilentWhenAReadingComesBackDuringTheHold() {
    Series series =
        new Series(above(Duration.ofMinutes(3)), MINUTE).values(81, 82, 83, 79.9, 81, 82, 83, 80);

    assertThat(series.said()).isEmpty();
  }

  @Test
  void clearsAtTheClearingLimitAndNotBetweenTheLimits() {
    Series series =
        new Series(above(Duration.ZERO), MINUTE).values(81, 79, 70.1, 85, 70, 75, 69, 81);

    assertThat(series.onsets()).containsExactly(0, 7);
    assertThat(series.clears()).containsExactly(4);
    assertThat(series.said().get(1).score()).isEqualTo(70);
    assertThat(series.said().get(1).limit()).isEqualTo(70);
  }

  @Test
  void firesForAnAssetThatIsBeyondFromTheStart() {
    Series series = new Series(above(Duration.ofMinutes(2)), MINUTE).values(90, 90, 90, 90);

    assertThat(series.onsets()).containsExactly(2);
  }

  @Test
  void watchesTheLowerSide() {
    Threshold below = new Threshold("t", Side.BELOW, 10, 12, Duration.ofMinutes(1), Duration.ZERO);
    Series series = new Series(below, MINUTE).values(11, 10, 9, 8, 10, 11, 12, 9);

    assertThat(series.onsets()).containsExactly(3);
    assertThat(series.clears()).containsExactly(6);
  }

  @Test
  void smoothsByTheExactRecursion() {
    // What the rules on hourly data were tuned with: 8 h average, held for 4 h.
    Threshold spec =
        new Threshold("t", Side.ABOVE, 0.6, 0.4, Duration.ofHours(4), Duration.ofHours(8));
    Random random = new Random(20);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      values.add(Math.sin(i / 20.0) + random.nextGaussian());
    }
    Series series = new Series(spec, HOUR);
    values.forEach(series::values);

    double w = Math.exp(-1 / 8.0);
    double e = values.get(0);
    boolean active = false;
    int crossed = -1;
    List<Integer> onsets = new ArrayList<>();
    List<Integer> clears = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      e = i == 0 ? e : w * e + (1 - w) * values.get(i);
      if (active) {
        if (e <= 0.4) {
          active = false;
          crossed = -1;
          clears.add(i);
        }
      } else if (e > 0.6) {
        crossed = crossed < 0 ? i : crossed;
        if (i - crossed >= 4) {
          active = true;
          onsets.add(i);
        }
      } else {
        crossed = -1;
      }
    }
    assertThat(onsets).hasSizeGreaterThan(20);
    assertThat(series.onsets()).isEqualTo(onsets);
    assertThat(series.clears()).isEqualTo(clears);
  }

  @Test
  void ofReadingsWithTheSameTimeTheFirstCounts() {
    ReadingDetector detector = ReadingDetector.of(above(Duration.ZERO));

    assertThat(detector.onReading(1000, 60)).isEqualTo(Outcome.NONE);
    assertThat(detector.onReading(1000, 90)).isEqualTo(Outcome.NONE);
    assertThat(detector.onReading(1001, 90)).isEqualTo(Outcome.ONSET);
  }

  @Test
  void ignoresTimeGoingBackwards() {
    ReadingDetector detector = ReadingDetector.of(above(Duration.ZERO));
    detector.onReading(2000, 60);

    assertThat(detector.onReading(1999, 90)).isEqualTo(Outcome.NONE);
    assertThat(detector.onReading(Long.MIN_VALUE, 90)).isEqualTo(Outcome.NONE);
    assertThat(detector.onReading(2001, 90)).isEqualTo(Outcome.ONSET);
  }

  @Test
  void ignoresValuesThatAreNoNumbers() {
    ReadingDetector detector = ReadingDetector.of(above(Duration.ofMillis(5)));
    detector.onReading(1, 90);

    assertThat(detector.onReading(2, Double.NaN)).isEqualTo(Outcome.NONE);
    assertThat(detector.onReading(3, Double.NEGATIVE_INFINITY)).isEqualTo(Outcome.NONE);
    assertThat(detector.onReading(9, Double.POSITIVE_INFINITY)).isEqualTo(Outcome.NONE);
    assertThat(detector.onReading(10, 1e200)).isEqualTo(Outcome.NONE);
    // None of them broke the hold, or took the time of a reading.
    assertThat(detector.onReading(10, 90)).isEqualTo(Outcome.ONSET);
  }

  @Test
  void refusesAClearingLimitOnTheAbnormalSide() {
    assertThatThrownBy(
            () ->
                ReadingDetector.of(
                    new Threshold("t", Side.BELOW, 10, 9, Duration.ZERO, Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the clearing limit lies on the normal side of the limit")
        .hasMessageContaining("clearLimit=9.0");
  }
}
