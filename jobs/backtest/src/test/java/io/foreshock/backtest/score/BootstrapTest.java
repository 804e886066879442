package io.foreshock.backtest.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.backtest.score.Intervals.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void givesTheQuantilesOfABinomialWhenEveryMachineRaisesOneAlarm() {
    // 40 of 50 are true: drawing 50 with replacement draws a binomial of 50 and 0.8.
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int hit = i < 40 ? 1 : 0;
      tallies.add(new Tally("m-" + i, 1, hit, 1, hit == 1 ? List.of(24.0) : List.of(), 730));
    }

    Intervals intervals = new Bootstrap(20_000, 0.95, 1).intervals(tallies);

    double low = binomialQuantile(50, 0.8, 0.025) / 50.0;
    double high = binomialQuantile(50, 0.8, 0.975) / 50.0;
    assertThat(intervals.precision().low()).isCloseTo(low, within(0.0201));
    assertThat(intervals.precision().high()).isCloseTo(high, within(0.0201));
    assertThat(intervals.recall()).isEqualTo(intervals.precision());
    assertThat(intervals.f1().low()).isCloseTo(intervals.precision().low(), within(1e-9));
    assertThat(intervals.leadHoursMedian()).isEqualTo(new Interval(24, 24, 20_000));
    // One machine-month each: one false alarm less for each true one.
    assertThat(intervals.falseAlarmsPerMachineMonth().low())
        .isCloseTo(1 - intervals.precision().high(), within(1e-9));
  }

  @Test
  void coversTheTruthAboutAsOftenAsItSays() {
    // 300 fleets of 60 machines, each alarm true with 0.7: the interval should hold 0.7 in 95 %.
    java.util.SplittableRandom random = new java.util.SplittableRandom(99);
    int covered = 0;
    for (int fleet = 0; fleet < 300; fleet++) {
      List<Tally> tallies = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        tallies.add(new Tally("m", 1, random.nextDouble() < 0.7 ? 1 : 0, 0, List.of(), 1));
      }
      Interval precision = new Bootstrap(400, 0.95, fleet).intervals(tallies).precision();
      covered += precision.low() <= 0.7 && 0.7 <= precision.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(270, 297);
  }

  @Test
  void drawsMachinesAndNotAlarms() {
    // All false alarms come from one of two machines: it is in a draw never, once or twice.
    List<Tally> tallies =
        List.of(
            new Tally("good", 10, 10, 0, List.of(), 730),
            new Tally("bad", 10, 0, 0, List.of(), 730));

    Interval precision = new Bootstrap(2_000, 0.95, 5).intervals(tallies).precision();

    assertThat(precision.low()).isZero();
    assertThat(precision.high()).isEqualTo(1);
  }

  @Test
  void saysTheSameEachTimeAndNothingAboutOneMachine() {
    List<Tally> tallies =
        List.of(
            new Tally("m-1", 4, 3, 3, List.of(30.0, 20.0), 100),
            new Tally("m-2", 0, 0, 1, List.of(), 100),
            new Tally("m-3", 2, 2, 2, List.of(10.0), 100));

    assertThat(Bootstrap.DEFAULT.intervals(tallies))
        .isEqualTo(Bootstrap.DEFAULT.intervals(tallies));
    // A draw of m-2 alone has no alarm.
    assertThat(Bootstrap.DEFAULT.intervals(tallies).precision().draws()).isBetween(1_850, 1_999);
    assertThat(Bootstrap.DEFAULT.intervals(tallies.subList(0, 1)).recall())
        .isEqualTo(Interval.UNKNOWN);
    assertThatThrownBy(() -> new Bootstrap(0, 0.95, 1)).hasMessageContaining("draws");
  }

  private static int binomialQuantile(int n, double p, double q) {
    double cumulated = 0;
    double probability = Math.pow(1 - p, n);
    for (int k = 0; k <= n; k++) {
      cumulated += probability;
      if (cumulated >= q) {
        return k;
      }
      probability *= (n - k) / (k + 1.0) * p / (1 - p);
    }
    return n;
  }
}
