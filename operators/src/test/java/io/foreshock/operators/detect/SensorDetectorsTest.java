package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Series.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.FlatLine;
import io.foreshock.operators.detect.DetectorSpec.RateOfChange;
import io.foreshock.operators.detect.DetectorSpec.Silence;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rate of change, flat line and silence: what is wrong with a sensor rather than the machine. */
class SensorDetectorsTest {
  private static final RateOfChange FAST = new RateOfChange("t", 0.1, Duration.ofMinutes(5));
  private static final FlatLine STUCK = new FlatLine("t", 0.5, Duration.ofMinutes(10));

  @Test
  void findsAFastRiseAndAFastFall() {
    Series series = new Series(FAST, MINUTE).values(20, 26, 26, 32.1, 33, 20, 20);

    assertThat(series.onsets()).containsExactly(3, 5);
    assertThat(series.clears()).containsExactly(4, 6);
    assertThat(series.said().get(0).score()).isCloseTo(6.1 / 60, within(1e-9));
    assertThat(series.said().get(0).limit()).isEqualTo(0.1);
  }

  @Test
  void staysOnWhileTheChangeIsFast() {
    Series series = new Series(FAST, MINUTE).values(0, 10, 20, 30, 31);

    assertThat(series.onsets()).containsExactly(1);
    assertThat(series.clears()).containsExactly(4);
  }

  @Test
  void doesNotCompareAcrossAGap() {
    Series series =
        new Series(FAST, MINUTE)
            .values(0)
            .gap(Duration.ofMinutes(5))
            .values(1000, 1001)
            .values(1010)
            .gap(Duration.ofMinutes(5))
            .values(1010)
            .values(1010);

    // Neither begun nor ended by the pairs around the gaps.
    assertThat(series.onsets()).containsExactly(3);
    assertThat(series.clears()).containsExactly(5);
  }

  @Test
  void findsAStuckSensorOnTimeAndItsRelease() {
    Random random = new Random(1);
    Series series =
        new Series(STUCK, MINUTE).noise(50, random).readings(30, h -> 3).values(3.4, 2.8);

    assertThat(series.onsets().get(0)).isBetween(58, 60);
    assertThat(series.said().get(0).score()).isLessThanOrEqualTo(0.5);
    assertThat(series.said().get(0).limit()).isEqualTo(0.5);
    assertThat(series.clears()).containsExactly(81);
    assertThat(series.said().get(1).score()).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void aRangeOfExactlyTheToleranceIsFlat() {
    Series series =
        new Series(STUCK, MINUTE).readings(11, h -> Math.round(h * 60) % 2 == 0 ? 1 : 1.5);

    assertThat(series.onsets()).containsExactly(10);
  }

  @Test
  void staysSilentWhenTheValueMovesBeforeTheDurationIsOver() {
    Series series = new Series(STUCK, MINUTE);
    for (int i = 0; i < 20; i++) {
      int level = i;
      series.readings(10, h -> level);
    }

    assertThat(series.said()).isEmpty();
  }

  @Test
  void findsACreepingValueBeforeItHasBeenFlatForTwiceTheDuration() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Series series = new Series(STUCK, MINUTE).noise(30, random);
      int flatFrom = 30;
      series.readings(20, h -> 5 + 0.5 * random.nextDouble());

      assertThat(series.onsets()).as("seed %s", seed).hasSize(1);
      assertThat(series.onsets().get(0)).isBetween(flatFrom, flatFrom + 20);
    }
  }

  @Test
  void timeWithoutReadingsIsNotFlat() {
    Series series =
        new Series(STUCK, MINUTE)
            .readings(8, h -> 3)
            .gap(Duration.ofMinutes(6))
            .readings(8, h -> 3);
    assertThat(series.said()).isEmpty();

    // But a symptom that is on survives it.
    series.readings(5, h -> 3).gap(Duration.ofDays(1)).readings(5, h -> 3);
    assertThat(series.outcomes()).containsExactly(Outcome.ONSET);
  }

  @Test
  void silenceIsArmedOnceAndEndsOnce() {
    SilenceDetector detector = new SilenceDetector(new Silence("t", Duration.ofSeconds(10)));
    assertThat(detector.onIngestTime(Long.MAX_VALUE - 1)).isEqualTo(Outcome.NONE);

    detector.arm(1000);
    detector.arm(9000);
    assertThat(detector.deadlineMillis()).isEqualTo(11_000);
    assertThat(detector.onIngestTime(10_999)).isEqualTo(Outcome.NONE);
    assertThat(detector.onIngestTime(11_000)).isEqualTo(Outcome.ONSET);
    assertThat(detector.score()).isEqualTo(10);
    assertThat(detector.onIngestTime(50_000)).isEqualTo(Outcome.NONE);

    assertThat(detector.onSeen(61_000)).isEqualTo(Outcome.CLEARED);
    assertThat(detector.score()).isEqualTo(60);
    assertThat(detector.limit()).isEqualTo(10);
    assertThat(detector.onSeen(62_000)).isEqualTo(Outcome.NONE);
    // A batch with an older append time, from a partition that lags, moves nothing back.
    assertThat(detector.onSeen(40_000)).isEqualTo(Outcome.NONE);
    assertThat(detector.deadlineMillis()).isEqualTo(72_000);
  }
}
