package io.foreshock.operators.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.FeatureRow;
import io.foreshock.model.Measurement;
import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.FeatureSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows against a computation of the same windows from all readings at once. */
class AssetFeaturesTest {
  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long START = Instant.parse("2026-03-01T05:02:30Z").toEpochMilli();
  private static final String SET =
      """
      featureSet: test
      version: 1
      description: For tests
      every: 5 min
      corrections: 2h
      features:
        heat:
          channel: temperature_c
          aggregates: [count, mean, min, max, std, slope, p50, p99, time-above]
          above: 21
          windows: [5 min, 1h, 3h, 24h, 7d, 30d]
          description: Somewhere
        power:
          channel: motor_power_kw
          aggregates: [mean, energy, time-below]
          below: 3
          gap: 20 min
          windows: [10 min, 24h]
          description: Power
      """;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void rowsAreThoseOfAllReadingsInTheirWindows(long seed) throws Exception {
    FeatureSet set = FeatureRun.set(SET);
    List<Measurement> readings = readings(new Random(seed), 1_000);
    FeatureRun run = new FeatureRun(set);
    for (Measurement reading : readings) {
      run.read(List.of(reading));
    }
    Map<Long, FeatureRow> rows = run.last();
    assertThat(rows).hasSizeGreaterThan(100);
    assertThat(run.rows).as("seed %d", seed).hasSameSizeAs(rows.keySet());
    SliceLevels levels = new FeaturePlan(set).levels;
    for (FeatureRow row : rows.values()) {
      NaiveFeatures naive = new NaiveFeatures(readings, levels, row.eventTimeMillis());
      for (int i = 0; i < set.columns().size(); i++) {
        FeatureColumn column = set.columns().get(i);
        double expected = naive.value(column);
        double tolerance = naive.tolerance(column, expected);
        if (Double.isNaN(expected)) {
          assertThat(row.values()[i]).as(column.name()).isNaN();
        } else {
          assertThat(row.values()[i])
              .as("%s at %d, seed %d", column.name(), row.eventTimeMillis(), seed)
              .isCloseTo(expected, within(tolerance));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void orderOfArrivalChangesNoBit(long seed) throws Exception {
    FeatureSet set = FeatureRun.set(SET);
    Random random = new Random(seed);
    List<Measurement> readings = readings(random, 800);
    FeatureRun inOrder = new FeatureRun(set);
    for (Measurement reading : readings) {
      inOrder.read(List.of(reading));
    }
    // Each arrives up to 100 minutes after its time, in batches.
    List<long[]> arrivals = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      long delay = random.nextInt(5) == 0 ? (long) (random.nextDouble() * 100 * MINUTE) : 0;
      arrivals.add(new long[] {readings.get(i).eventTimeMillis() + delay, i});
    }
    arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
    FeatureRun disordered = new FeatureRun(set);
    List<Measurement> batch = new ArrayList<>();
    for (long[] arrival : arrivals) {
      batch.add(readings.get((int) arrival[1]));
      if (random.nextInt(4) == 0) {
        send(disordered, batch);
      }
    }
    send(disordered, batch);
    disordered.correct();
    assertThat(disordered.host.tooLate).isZero();
    assertThat(disordered.rows).hasSizeGreaterThan(disordered.last().size());
    assertSameBits(inOrder.last(), disordered.last());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void backfillThatOvertakesOrLagsChangesNoBit(long seed) throws Exception {
    FeatureSet set = FeatureRun.set(SET);
    Random random = new Random(seed);
    List<Measurement> readings = readings(random, 600);
    FeatureRun inOrder = new FeatureRun(set);
    for (Measurement reading : readings) {
      inOrder.read(List.of(reading));
    }
    // Up to two weeks ahead of the others, or two hours behind. The last one moves the clock.
    FeatureRun run = new FeatureRun(set);
    List<long[]> arrivals = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      boolean backfill = i < readings.size() - 1 && random.nextInt(10) == 0;
      long shift =
          !backfill
              ? 0
              : random.nextBoolean()
                  ? -(long) (random.nextDouble() * 14 * 24 * HOUR)
                  : (long) (random.nextDouble() * 110 * MINUTE);
      arrivals.add(new long[] {readings.get(i).eventTimeMillis() + shift, i, backfill ? 1 : 0});
    }
    arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
    for (long[] arrival : arrivals) {
      Measurement reading = readings.get((int) arrival[1]);
      if (arrival[2] == 1) {
        run.backfill(reading.channel(), reading.eventTimeMillis(), reading.value());
      } else {
        run.read(List.of(reading));
      }
    }
    run.correct();
    assertThat(run.host.tooLate).isZero();
    assertSameBits(inOrder.last(), run.last());
  }

  private static void send(FeatureRun run, List<Measurement> batch) throws Exception {
    batch.sort(Comparator.comparingLong(Measurement::eventTimeMillis));
    run.read(List.copyOf(batch));
    batch.clear();
  }

  static void assertSameBits(Map<Long, FeatureRow> expected, Map<Long, FeatureRow> actual) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (time, row) ->
            assertThat(actual.get(time).values()).as("row %d", time).isEqualTo(row.values()));
  }

  @Test
  void slidingThirtyDaysAtAMinuteHoldNoReadings() throws Exception {
    FeatureSet set =
        FeatureRun.set(
            """
            featureSet: long
            version: 1
            description: A month, each minute
            every: 1 min
            features:
              heat: {channel: temperature_c, aggregates: [mean, max], windows: [30d], description: Heat}
            """);
    FeatureRun run = new FeatureRun(set);
    long[] sizes = new long[3];
    int[] phases = {33, 36, 40};
    double sum = 0;
    int minute = 0;
    for (int phase = 0; phase < phases.length; phase++) {
      for (; minute < phases[phase] * 1_440; minute += 30) {
        List<Measurement> batch = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
          batch.add(
              new Measurement("temperature_c", START + (minute + i) * MINUTE, (minute + i) % 97));
        }
        run.read(batch);
      }
      sizes[phase] = run.stateBytes();
      run.rows.subList(0, run.rows.size() - 1).clear();
    }
    FeatureRow row = run.rows.get(run.rows.size() - 1);
    long begin = new FeaturePlan(set).levels.begin(row.eventTimeMillis(), 30 * 24 * HOUR);
    int first = (int) ((begin - START + MINUTE - 1) / MINUTE);
    int last = (int) ((row.eventTimeMillis() - START - 1) / MINUTE);
    for (int i = first; i <= last; i++) {
      sum += i % 97;
    }
    assertThat(row.values()[0]).isEqualTo(sum / (last - first + 1));
    assertThat(sizes[1]).isCloseTo(sizes[0], within(sizes[0] / 10));
    assertThat(sizes[2]).isCloseTo(sizes[0], within(sizes[0] / 10)).isLessThan(30_000);
  }

  /** Two channels with gaps, bursts and equal times. */
  static List<Measurement> readings(Random random, int count) {
    List<Measurement> readings = new ArrayList<>();
    long time = START;
    for (int i = 0; i < count; i++) {
      time +=
          switch (random.nextInt(40)) {
            case 0 -> random.nextInt((int) (9 * HOUR));
            case 1 -> 0;
            default -> random.nextInt((int) (3 * MINUTE));
          };
      readings.add(
          random.nextInt(3) == 0
              ? new Measurement("motor_power_kw", time, random.nextGaussian() * 5)
              : new Measurement("temperature_c", time, 20 + random.nextGaussian()));
    }
    return readings;
  }
}
