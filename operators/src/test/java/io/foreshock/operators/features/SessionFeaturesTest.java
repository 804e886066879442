package io.foreshock.operators.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.FeatureRow;
import io.foreshock.model.Measurement;
import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions as features: in what a row says, and when it may say it. */
class SessionFeaturesTest {
  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long START = 1_767_600_000_000L;
  private static final int RANDOM_CASES = Integer.getInteger("foreshock.features.cases", 2);
  private static final String SET =
      """
      featureSet: test
      version: 1
      description: For tests
      every: 5 min
      corrections: 2h
      features:
        use:
          sessions:
            running: [{channel: temperature_c, above: 20.5 °C}]
            gap: 10 min
            measure: motor_power_kw
            maxHole: 5 min
          aggregates:
            - ended
            - starts-per-day
            - total-duration
            - mean-duration
            - max-duration
            - total-energy
            - mean-energy
            - time-since-last
          windows: [1h, 3h, 24h, 7d]
          description: Running
      """;

  @Test
  void rowsAreThoseOfAllReadingsInTheirWindows() throws Exception {
    FeatureSet set = FeatureRun.set(SET);
    SliceLevels levels = new FeaturePlan(set).levels;
    for (long seed = 1; seed <= RANDOM_CASES; seed++) {
      List<Measurement> readings = readings(new Random(seed), 900);
      FeatureRun run = new FeatureRun(set);
      for (Measurement reading : readings) {
        run.read(List.of(reading));
      }
      for (FeatureRow row : run.last().values()) {
        for (int i = 0; i < set.columns().size(); i++) {
          FeatureColumn column = set.columns().get(i);
          double expected =
              new NaiveSessions(readings, levels, row.eventTimeMillis()).value(column);
          assertThat(row.values()[i])
              .as("%s at %d, seed %d", column.name(), row.eventTimeMillis(), seed)
              .satisfies(
                  value -> {
                    if (Double.isNaN(expected)) {
                      assertThat(value).isNaN();
                    } else {
                      assertThat(value)
                          .isCloseTo(expected, within(1e-9 + Math.abs(expected) * 1e-9));
                    }
                  });
        }
      }
    }
  }

  @Test
  void orderOfArrivalChangesNoBit() throws Exception {
    FeatureSet set = FeatureRun.set(SET);
    for (long seed = 1; seed <= RANDOM_CASES; seed++) {
      Random random = new Random(seed);
      List<Measurement> readings = readings(random, 700);
      FeatureRun inOrder = new FeatureRun(set);
      for (Measurement reading : readings) {
        inOrder.read(List.of(reading));
      }
      // One in five arrives up to 100 minutes late, half of those by backfill; the last is in
      // order.
      List<long[]> arrivals = new ArrayList<>();
      for (int i = 0; i < readings.size(); i++) {
        boolean late = i < readings.size() - 1 && random.nextInt(5) == 0;
        long delay = late ? (long) (random.nextDouble() * 100 * MINUTE) : 0;
        long backfill = late && random.nextBoolean() ? 1 : 0;
        arrivals.add(new long[] {readings.get(i).eventTimeMillis() + delay, i, backfill});
      }
      arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
      FeatureRun disordered = new FeatureRun(set);
      for (long[] arrival : arrivals) {
        Measurement reading = readings.get((int) arrival[1]);
        if (arrival[2] == 1) {
          disordered.backfill(reading.channel(), reading.eventTimeMillis(), reading.value());
        } else {
          disordered.read(List.of(reading));
        }
      }
      disordered.correct();
      assertThat(disordered.host.tooLate).as("seed %d", seed).isZero();
      assertThat(disordered.rows).hasSizeGreaterThan(disordered.last().size());
      AssetFeaturesTest.assertSameBits(inOrder.last(), disordered.last());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void aSessionCountsWhenItIsOverAndNotBefore(int minutesPerReading) throws Exception {
    FeatureSet set = FeatureRun.set(SET);
    FeatureRun run = new FeatureRun(set);
    long begin = START - START % HOUR;
    for (int minute = 0; minute <= 70; minute += minutesPerReading) {
      boolean running = minute >= 5 && minute <= 30;
      run.read(
          List.of(
              new Measurement("motor_power_kw", begin + minute * MINUTE, running ? 12 : 0),
              new Measurement("temperature_c", begin + minute * MINUTE, running ? 30 : 10)));
    }
    int last = 30 / minutesPerReading * minutesPerReading;
    int first = -Math.floorDiv(-5, minutesPerReading) * minutesPerReading;
    Map<Long, FeatureRow> rows = run.last();
    rows.forEach(
        (time, row) -> {
          long minute = (time - begin) / MINUTE;
          boolean over = minute - last > 10;
          assertThat(value(set, row, "use_ended_3h")).as("%d min", minute).isEqualTo(over ? 1 : 0);
          assertThat(value(set, row, "use_total_duration_3h"))
              .isEqualTo(over ? (last - first) * 60.0 : 0);
          assertThat(value(set, row, "use_starts_per_day_3h")).isEqualTo(minute <= first ? 0 : 8);
          if (minute > last) {
            assertThat(value(set, row, "use_time_since_last_3h"))
                .isCloseTo((minute - last) / 60.0, within(1e-12));
          }
        });
    FeatureRow row = rows.get(begin + HOUR);
    assertThat(value(set, row, "use_total_energy_3h"))
        .as("no integral over holes of 7 min, where the longest is 5")
        .isCloseTo(minutesPerReading == 1 ? 12 * 25 / 60.0 : 0, within(1e-9));
  }

  @Test
  void aLateReadingThatJoinsTwoSessionsGivesTheirRowsAgain() throws Exception {
    FeatureSet set = FeatureRun.set(SET);
    FeatureRun run = new FeatureRun(set);
    long begin = START - START % HOUR;
    for (int minute = 0; minute <= 80; minute++) {
      boolean runs = minute >= 10 && minute <= 20 || minute >= 35 && minute <= 45;
      if (minute <= 20 || minute >= 35) {
        run.read("temperature_c", begin + minute * MINUTE, runs ? 30 : 10);
      }
    }
    FeatureRow before = run.last().get(begin + HOUR);
    assertThat(value(set, before, "use_ended_3h")).isEqualTo(2);
    run.read("temperature_c", begin + 27 * MINUTE, 30);
    run.correct();
    FeatureRow after = run.last().get(begin + HOUR);
    assertThat(after.revision()).isEqualTo(1);
    assertThat(after.kind()).isEqualTo(FeatureRow.Kind.CORRECTED);
    assertThat(value(set, after, "use_ended_3h")).isEqualTo(1);
    assertThat(value(set, after, "use_total_duration_3h")).isEqualTo(35 * 60);
  }

  @Test
  void nothingMeasuredAndNothingRunningAreToldApart() throws Exception {
    FeatureSet set = FeatureRun.set(SET);
    FeatureRun run = new FeatureRun(set);
    long begin = START - START % HOUR;
    for (int minute = 0; minute <= 20; minute++) {
      run.read("temperature_c", begin + minute * MINUTE, 10);
    }
    FeatureRow row = run.last().get(begin + 15 * MINUTE);
    assertThat(value(set, row, "use_ended_1h")).isZero();
    assertThat(value(set, row, "use_total_duration_1h")).isZero();
    assertThat(value(set, row, "use_mean_duration_1h")).isNaN();
    assertThat(value(set, row, "use_total_energy_1h")).as("power was never measured").isNaN();
    assertThat(value(set, row, "use_time_since_last_1h")).isNaN();
  }

  static double value(FeatureSet set, FeatureRow row, String column) {
    return row.values()[FeatureRun.column(set, column)];
  }

  /** It runs for a while and stands for a while; power is measured now and then. */
  static List<Measurement> readings(Random random, int count) {
    List<Measurement> readings = new ArrayList<>();
    long time = START;
    boolean runs = false;
    for (int i = 0; i < count; i++) {
      time +=
          switch (random.nextInt(40)) {
            case 0 -> random.nextInt((int) (5 * HOUR));
            case 1 -> 0;
            case 2 -> 10 * MINUTE;
            default -> random.nextInt((int) (3 * MINUTE));
          };
      runs = random.nextInt(15) == 0 ? !runs : runs;
      readings.add(
          random.nextInt(3) == 0
              ? new Measurement("motor_power_kw", time, random.nextDouble() * 20)
              : new Measurement("temperature_c", time, runs ? 30 : 10));
    }
    return readings;
  }
}
