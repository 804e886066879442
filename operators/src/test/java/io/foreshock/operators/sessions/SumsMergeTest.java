package io.foreshock.operators.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.model.Position;
import io.foreshock.model.SessionFigures;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of a stretch that are merged in any order give what one pass gives. */
class SumsMergeTest {
  private static final int CASES = 2_000;
  private static final long SEED = Long.getLong("foreshock.seed", System.nanoTime());
  private static final SessionRule RULE = SessionRuleSamples.VEHICLE;

  private record Sample(long millis, double speed, double fuelRate, double odometer, double load) {}

  @Test
  void mergesPartsIntoWhatOnePassGives() {
    for (int number = 0; number < CASES; number++) {
      Random random = new Random(SEED + number);
      List<Sample> samples = samples(random);
      List<Sums> parts = new ArrayList<>();
      Sums whole = new Sums();
      Sums part = new Sums();
      for (Sample sample : samples) {
        whole.add(moment(sample), RULE);
        part.add(moment(sample), RULE);
        if (random.nextInt(8) == 0) {
          parts.add(part);
          part = new Sums();
        }
      }
      parts.add(part);
      Sums merged = neighboursInAnyOrder(parts, random);
      assertSame(figures(merged), figures(whole), number);
      assertThat(merged.speeds.standstills(RULE).told())
          .as("case %d of seed %d: idlings", number, SEED)
          .isEqualTo(whole.speeds.standstills(RULE).told());
    }
  }

  private static List<Sample> samples(Random random) {
    List<Sample> samples = new ArrayList<>();
    long millis = Readings.time("08:00:00");
    double odometer = 1_000;
    boolean slow = false;
    for (int i = 0; i < 60; i++) {
      millis += 1 + random.nextInt(random.nextInt(10) == 0 ? 400_000 : 60_000);
      slow = random.nextInt(5) == 0 ? !slow : slow;
      odometer += random.nextDouble();
      samples.add(
          new Sample(
              millis,
              slow ? random.nextDouble() * 2.9 : 3 + random.nextDouble() * 100,
              random.nextDouble() * 20,
              odometer,
              random.nextDouble() * 100));
    }
    return samples;
  }

  private static Moment moment(Sample sample) {
    Moment moment = new Moment();
    moment.begin(sample.millis());
    moment.relevant = true;
    moment.speed = sample.speed();
    moment.fuelRate = sample.fuelRate();
    moment.odometer = sample.odometer();
    moment.load = sample.load();
    return moment;
  }

  /** Merges two neighbours at a time, the later into the earlier or the other way round. */
  private static Sums neighboursInAnyOrder(List<Sums> parts, Random random) {
    List<Sums> rest = new ArrayList<>(parts);
    while (rest.size() > 1) {
      int at = random.nextInt(rest.size() - 1);
      if (random.nextBoolean()) {
        Collections.swap(rest, at, at + 1);
      }
      assertThat(rest.get(at).merge(rest.get(at + 1), RULE)).as("no overlap").isTrue();
      rest.remove(at + 1);
    }
    return rest.get(0);
  }

  private static SessionFigures figures(Sums sums) {
    return sums.figures(3_600_000, sums.speeds.standstills(RULE));
  }

  private static void assertSame(SessionFigures merged, SessionFigures whole, int number) {
    String what = "case %d of seed %d".formatted(number, SEED);
    assertThat(merged.readings()).as(what).isEqualTo(whole.readings());
    assertThat(merged.idlingCount()).as(what).isEqualTo(whole.idlingCount());
    assertThat(merged.idlingMillis()).as(what).isEqualTo(whole.idlingMillis());
    assertThat(merged.harshBrakings()).as(what).isEqualTo(whole.harshBrakings());
    assertThat(merged.maxSpeedKmH()).as(what).isEqualTo(whole.maxSpeedKmH());
    assertThat(merged.loadMax()).as(what).isEqualTo(whole.loadMax());
    assertThat(merged.loadMean()).as(what).isCloseTo(whole.loadMean(), within(1e-9));
    assertThat(merged.fuelLitres()).as(what).isCloseTo(whole.fuelLitres(), within(1e-9));
    assertThat(merged.distanceMetres()).as(what).isEqualTo(whole.distanceMetres());
  }

  @Test
  void joinsWaysAtTheirEnds() {
    SessionRule.Positions rules = RULE.positions();
    Track whole = new Track();
    Track first = new Track();
    Track second = new Track();
    for (int i = 0; i < 40; i++) {
      Position position =
          new Position(10_000L * i, 48 + i * 0.001, 16, Double.NaN, Double.NaN, Double.NaN);
      whole.add(position, rules);
      (i < 17 ? first : second).add(position, rules);
    }
    Track behind = new Track();
    behind.set(second);
    assertThat(behind.merge(first, rules)).isTrue();
    assertThat(first.merge(second, rules)).isTrue();
    assertThat(first.metres).isCloseTo(whole.metres, within(1e-6));
    assertThat(behind.metres).isCloseTo(whole.metres, within(1e-6));
    assertThat(behind.lastMillis()).isEqualTo(390_000);
  }
}
