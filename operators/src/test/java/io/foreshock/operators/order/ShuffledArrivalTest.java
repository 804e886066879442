package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the arrival order within the waiting time, with repeats and restarts in between: what is
 * passed on is what would have been passed on in order.
 */
class ShuffledArrivalTest {
  private static final long STEP_MILLIS = 200;
  private static final int WINDOW = 40;
  private static final List<String> DEVICES = List.of("pump-1/pump-1", "pump-1/x", "pump-2/pump-2");

  @ParameterizedTest
  @EnumSource
  void passesOnTheSameAsInOrder(OrderHarness.Backend backend) throws Exception {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    int rounds = backend == OrderHarness.Backend.HASHMAP ? 150 : 15;
    for (int round = 0; round < rounds; round++) {
      String where = backend + ", -Dforeshock.seed=" + (seed + round);
      Random random = new Random(seed + round);
      List<TelemetryBatch> sent = fleet(random);
      try (OrderHarness harness = new OrderHarness(OrderRules.DEFAULT, backend)) {
        long now = ArrivalScript.START;
        int restartAt = random.nextInt(sent.size());
        List<TelemetryBatch> arrivals = shuffledWithRepeats(sent, random);
        for (int i = 0; i < arrivals.size(); i++) {
          now += STEP_MILLIS;
          harness.watermark(now - 1 - random.nextInt(500));
          harness.send(appendedAt(arrivals.get(i), now));
          if (i == restartAt) {
            harness.restart();
          }
        }
        harness.watermark(now + 10_000);

        assertThat(harness.late()).as(where).isEmpty();
        assertThat(harness.count("lost")).as(where).isZero();
        assertThat(harness.count("overflow")).as(where).isZero();
        assertThat(harness.count("duplicates")).as(where).isEqualTo(arrivals.size() - sent.size());
        for (String device : DEVICES) {
          assertThat(identities(harness.emitted(), device))
              .as(where + ", " + device)
              .isEqualTo(identities(sent, device));
        }
        harness.watermark(Long.MAX_VALUE);
        assertThat(harness.emitted()).as(where).hasSize(sent.size());
        assertThat(harness.stateLeft()).as(where).isEmpty();
        assertThat(harness.timers()).as(where).isZero();
      }
    }
  }

  /**
   * With gaps that outlast the waiting time: when a gap is given up follows from the append times
   * alone, so neither a slow watermark nor a replay changes what is late.
   */
  @Test
  void outcomeDoesNotDependOnWhenTheWatermarkMoves() throws Exception {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    int late = 0;
    for (int round = 0; round < 100; round++) {
      Random random = new Random(seed + round);
      List<TelemetryBatch> arrivals = shuffledWithRepeats(fleet(random), random);
      arrivals.removeIf(batch -> random.nextInt(8) == 0);
      long now = ArrivalScript.START;
      for (int i = 0; i < arrivals.size(); i++) {
        now += random.nextInt(10) == 0 ? random.nextInt(15_000) : random.nextInt(1_000);
        arrivals.set(i, appendedAt(arrivals.get(i), now));
      }
      List<String> expected = null;
      for (int lagMillis : new int[] {0, 700, 20_000, Integer.MAX_VALUE}) {
        try (OrderHarness harness =
            new OrderHarness(OrderRules.DEFAULT, OrderHarness.Backend.HASHMAP)) {
          for (TelemetryBatch batch : arrivals) {
            harness.watermark(batch.appendTimeMillis() - 1 - lagMillis);
            harness.send(batch);
          }
          harness.watermark(Long.MAX_VALUE);
          late += harness.late().size();
          List<String> outcome = new ArrayList<>();
          for (String device : DEVICES) {
            outcome.addAll(identities(harness.emitted(), device));
            outcome.add("late");
            outcome.addAll(identities(harness.late(), device));
          }
          outcome.add(harness.count("lost") + " lost, " + harness.count("duplicates"));
          if (expected == null) {
            expected = outcome;
          }
          assertThat(outcome)
              .as("lag %d ms, -Dforeshock.seed=%d", lagMillis, seed + round)
              .isEqualTo(expected);
        }
      }
    }
    assertThat(late).as("the test is about late messages").isGreaterThan(100);
  }

  /**
   * Two assets, one with two devices, some messages without content; a device may join mid-life.
   */
  private static List<TelemetryBatch> fleet(Random random) {
    List<TelemetryBatch> sent = new ArrayList<>();
    long[] first = {0, random.nextInt(3) * 100L, random.nextInt(2) * 7L};
    int size = 1 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      for (int device = 0; device < 3; device++) {
        Readings readings =
            Readings.of(Assets.pump(device == 2 ? "pump-2" : "pump-1"))
                .device(device == 0 ? "pump-1" : device == 1 ? "x" : "pump-2")
                .sequence(first[device] + i)
                .at(ArrivalScript.START + i * 1000L);
        if (random.nextInt(5) > 0) {
          readings.reading("speed_rpm", i);
        }
        sent.add(readings.batch());
      }
    }
    return sent;
  }

  /** Each message moves by less than {@link #WINDOW} places: 8 s of the 10 s that are waited. */
  private static List<TelemetryBatch> shuffledWithRepeats(
      List<TelemetryBatch> sent, Random random) {
    record Placed(TelemetryBatch batch, double place) {}
    int window = 1 + random.nextInt(WINDOW / 2);
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      placed.add(new Placed(sent.get(i), i + random.nextDouble() * window));
      if (random.nextInt(6) == 0) {
        placed.add(new Placed(sent.get(i), i + random.nextDouble() * window));
      }
    }
    return placed.stream()
        .sorted((a, b) -> Double.compare(a.place, b.place))
        .map(Placed::batch)
        .collect(Collectors.toList());
  }

  private static TelemetryBatch appendedAt(TelemetryBatch batch, long millis) {
    return new TelemetryBatch(
        batch.asset(),
        batch.deviceId(),
        batch.bootId(),
        batch.sequence(),
        batch.messageId(),
        millis,
        batch.backlog(),
        batch.measurements(),
        batch.faultCodes(),
        batch.maintenanceEvents(),
        batch.operatingStateChanges(),
        batch.positions());
  }

  private static List<String> identities(List<TelemetryBatch> batches, String device) {
    return batches.stream()
        .filter(batch -> device.equals(batch.asset().assetId() + '/' + batch.deviceId()))
        .map(batch -> batch.sequence() + " " + batch.measurements())
        .collect(Collectors.toList());
  }
}
