package io.foreshock.operators.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Season;
import io.foreshock.operators.detect.DetectorSpec.Seasonal;
import io.foreshock.operators.detect.DetectorSpec.Side;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SeasonalDetectorTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final int PER_DAY = 96;

  private final Random random = new Random(4);

  @Test
  void tellsWhatIsWrongAtThisHourThoughRightAtAnother() {
    // 10 at midnight, 20 at noon: 20 is normal, but not at midnight.
    Series series =
        daily(Side.ABOVE).readings(20 * PER_DAY, this::day).readings(PER_DAY / 4, hours -> 20);

    assertThat(series.outcomes()).startsWith(Outcome.ONSET);
    assertThat(series.onsets().get(0)).isBetween(20 * PER_DAY, 20 * PER_DAY + 8);
  }

  @Test
  void staysSilentOnNormalDays() {
    Series series = daily(Side.ABOVE).readings(120 * PER_DAY, this::day);

    assertThat(series.outcomes()).isEmpty();
  }

  @Test
  void looksBelowToo() {
    Series series =
        daily(Side.BELOW)
            .readings(20 * PER_DAY + PER_DAY / 2, this::day)
            .readings(PER_DAY / 8, hours -> 10);

    assertThat(series.outcomes()).startsWith(Outcome.ONSET);
    assertThat(series.said().get(0).score()).isLessThan(-4);
    assertThat(series.said().get(0).limit()).isEqualTo(-4);
  }

  @Test
  void saysNothingBeforeItHasLearned() {
    Series series =
        daily(Side.ABOVE).readings(6 * PER_DAY, this::day).readings(PER_DAY / 8, hours -> 60);

    assertThat(series.outcomes()).isEmpty();
  }

  @Test
  void learnsTheRightLevelsFromReadingsOfWhichSomeAreWrong() {
    DoubleUnaryOperator dirty = hours -> random.nextInt(20) == 0 ? 1_000 : day(hours);
    Series series = daily(Side.ABOVE).readings(40 * PER_DAY, dirty);
    assertThat(series.onsets()).as("three wrong ones in an hour are rare").hasSizeLessThan(3);

    series.readings(PER_DAY / 4, hours -> 20);

    assertThat(series.onsets().get(series.onsets().size() - 1))
        .isBetween(40 * PER_DAY, 40 * PER_DAY + 10);
  }

  @Test
  void followsTheSeasonsOfTheYear() {
    // 20 degrees more in half a year: two of the spread of 1 in a day would be 18 in nine.
    DoubleUnaryOperator year = hours -> day(hours) + 20 * hours / (182 * 24);
    Series series = daily(Side.ABOVE).readings(182 * PER_DAY, year);

    assertThat(series.outcomes()).isEmpty();
  }

  @Test
  void knowsWeekendsFromWeekdays() {
    // 1970-01-01 was a Thursday: Saturday begins after two days.
    DoubleUnaryOperator plant =
        hours -> {
          int day = (int) (hours / 24) % 7;
          return (day == 2 || day == 3 ? 0 : 10) + random.nextGaussian();
        };
    Seasonal spec =
        new Seasonal(
            "t",
            Season.WEEKLY,
            168,
            UTC,
            Duration.ofDays(42),
            Side.ABOVE,
            5,
            2,
            hours(1),
            hours(1),
            "");
    Series series = new Series(spec, Duration.ofMinutes(30)).readings(48 * 7 * 12, plant);
    assertThat(series.outcomes()).isEmpty();

    // Thursday and Friday as ever, then a Saturday that is worked on.
    series.readings(2 * 48, plant).readings(24, hours -> 10);

    assertThat(series.outcomes()).startsWith(Outcome.ONSET);
    assertThat(series.onsets().get(0)).isGreaterThanOrEqualTo(48 * 7 * 12 + 2 * 48);
  }

  @Test
  void keepsToTheLocalDayWhenClocksChange() {
    // Berlin: UTC+1, from 2024-03-31 01:00 UTC on UTC+2.
    SeasonParts parts = new SeasonParts(Season.DAILY, 24, ZoneId.of("Europe/Berlin"));

    assertThat(parts.of(millis("2024-03-30T11:00:00Z"))).isEqualTo(12);
    assertThat(parts.of(millis("2024-03-31T00:59:59Z"))).isEqualTo(1);
    assertThat(parts.of(millis("2024-03-31T01:00:00Z"))).isEqualTo(3);
    assertThat(parts.of(millis("2024-04-01T10:00:00Z"))).isEqualTo(12);
    assertThat(parts.of(millis("2024-01-15T11:00:00Z"))).as("back again").isEqualTo(12);
    assertThat(parts.of(millis("2024-10-27T01:30:00Z"))).as("the hour twice").isEqualTo(2);
  }

  @Test
  void beginsAWeekOnMonday() {
    SeasonParts parts = new SeasonParts(Season.WEEKLY, 7, UTC);

    assertThat(parts.of(millis("2024-04-01T00:00:00Z"))).isZero();
    assertThat(parts.of(millis("2024-04-07T23:59:59Z"))).isEqualTo(6);
    assertThat(parts.of(millis("1969-12-28T12:00:00Z"))).as("before 1970").isEqualTo(6);
    assertThat(parts.season(millis("2024-04-07T23:59:59Z")))
        .isEqualTo(parts.season(millis("2024-04-01T00:00:00Z")))
        .isEqualTo(parts.season(millis("2024-04-08T00:00:00Z")) - 1);
  }

  @Test
  void goesOnAfterAGap() {
    Series series =
        daily(Side.ABOVE)
            .readings(20 * PER_DAY, this::day)
            .gap(Duration.ofDays(30))
            .readings(5 * PER_DAY, this::day);

    assertThat(series.outcomes()).isEmpty();
  }

  @Test
  void learnsFromOneReadingADay() {
    Series series =
        new Series(spec(Side.ABOVE, 14), Duration.ofDays(1))
            .readings(100, day -> 15 + random.nextGaussian())
            .readings(10, day -> 60);

    assertThat(series.outcomes()).startsWith(Outcome.ONSET);
    assertThat(series.onsets().get(0)).isBetween(100, 104);
  }

  @Test
  void learnsWithoutAPartOfTheDay() {
    Seasonal whole =
        new Seasonal(
            "t",
            Season.DAILY,
            1,
            UTC,
            Duration.ofDays(14),
            Side.ABOVE,
            4,
            2,
            hours(1),
            QUARTER,
            "");
    Series series =
        new Series(whole, QUARTER)
            .readings(40 * PER_DAY, hours -> 15 + random.nextGaussian())
            .readings(PER_DAY / 4, hours -> 60);

    assertThat(series.outcomes()).startsWith(Outcome.ONSET);
    assertThat(series.onsets().get(0)).isBetween(40 * PER_DAY, 40 * PER_DAY + 8);
  }

  @Test
  void squaresOfWhatIsAbsurdlyLargeDoNotOverflow() {
    SeasonalBaseline baseline = new SeasonalBaseline(2, 14);
    for (int day = 0; day < 10; day++) {
      baseline.learn(0, day == 1 ? 1e30 : 10 + random.nextGaussian());
      baseline.learn(1, day == 0 ? -1e90 : 20 + random.nextGaussian());
    }

    assertThat(baseline.spread(0)).isBetween(0.3, 3.0);
    assertThat(baseline.level(1)).isBetween(18.0, 22.0);
    assertThat(baseline.known(0) && baseline.known(1)).isTrue();
  }

  @Test
  void learnsAnewAfterMaintenance() {
    Series series =
        daily(Side.ABOVE)
            .readings(20 * PER_DAY, this::day)
            .readings(PER_DAY / 8, hours -> 60)
            .relearn()
            .readings(8 * PER_DAY, hours -> day(hours) + 30);

    assertThat(series.outcomes()).containsExactly(Outcome.ONSET, Outcome.CLEARED);
  }

  @Test
  void takesNineBytesForEachPartHoweverLongItRuns() throws IOException {
    SeasonalDetector detector = new SeasonalDetector(spec(Side.ABOVE, 14));
    int early = 0;
    for (int i = 0; i < 400 * PER_DAY; i++) {
      detector.onReading(i * QUARTER.toMillis(), day(i / 4.0));
      early = i == 20 * PER_DAY ? size(detector) : early;
    }

    assertThat(size(detector)).isLessThan(24 * 9 + 80).isBetween(early - 8, early + 8);
  }

  @Test
  void refusesWhatContradictsItself() {
    assertThatThrownBy(() -> Detector.of(spec(Side.ABOVE, 1)))
        .hasMessageContaining("the baseline must hold two seasons at least");
  }

  private static int size(SeasonalDetector detector) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    detector.write(out);
    return out.length();
  }

  private double day(double hours) {
    return 15 - 5 * Math.cos(2 * Math.PI * hours / 24) + 0.5 * random.nextGaussian();
  }

  private static Series daily(Side side) {
    return new Series(spec(side, 14), QUARTER);
  }

  private static Seasonal spec(Side side, int days) {
    return new Seasonal(
        "t", Season.DAILY, 24, UTC, Duration.ofDays(days), side, 4, 2, hours(1), QUARTER, "");
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
