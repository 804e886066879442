package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Devices that keep no rule: any number, boot and event time at any time, under tight limits. What
 * must hold all the same: every message is accounted for once, no device goes back in time, the
 * waiting is bounded, nothing is left over.
 */
class OrderChaosTest {

  @Test
  void accountsForEveryMessageAndNeverGoesBackInTime() throws Exception {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    int rounds = Integer.getInteger("foreshock.chaos.rounds", 150);
    for (int round = 0; round < rounds; round++) {
      Random random = new Random(seed + round);
      String where = "-Dforeshock.seed=" + (seed + round);
      boolean strict = random.nextBoolean();
      OrderRules rules = rules(random, strict);
      // Some rounds move from one state backend to the other.
      OrderHarness.Backend backend =
          round % 20 == 0 ? OrderHarness.Backend.ROCKSDB : OrderHarness.Backend.HASHMAP;
      try (OrderHarness harness = new OrderHarness(rules, OrderHarness.Backend.HASHMAP)) {
        int size = 200;
        long now = ArrivalScript.START;
        for (int i = 0; i < size; i++) {
          now += random.nextInt(20) == 0 ? random.nextInt(60_000) : random.nextInt(500);
          harness.send(message(random, now));
          if (random.nextInt(3) == 0) {
            harness.watermark(now - random.nextInt(3_000));
          }
          if (random.nextInt(100) == 0) {
            harness.restart(backend);
          }
          assertThat(harness.timers()).as(where).isLessThanOrEqualTo(2);
          // Of a late message, too, something is passed on: its empty rest.
          int accounted = harness.emitted().size() + (int) harness.count("duplicates");
          assertThat(i + 1 - accounted)
              .as("waiting, " + where)
              .isBetween(0, 2 * rules.maxPending());
        }
        harness.watermark(Long.MAX_VALUE);

        if (strict) {
          assertNeverBack(harness.emitted(), where);
        }
        assertThat(harness.emitted().size() + harness.count("duplicates"))
            .as(where)
            .isEqualTo(size);
        assertThat(harness.stateLeft()).as(where).isEmpty();
        assertThat(harness.timers()).as(where).isZero();
      }
    }
  }

  /**
   * @param strict items behind the newest are late; else only whole messages are, by their number
   */
  private static OrderRules rules(Random random, boolean strict) {
    return new OrderRules(
        Duration.ofSeconds(10),
        1 + random.nextInt(20),
        Duration.ofSeconds(random.nextInt(2) * 3),
        Duration.ofSeconds(random.nextInt(2) * 3),
        strict ? Duration.ZERO : Duration.ofDays(36_500),
        Duration.ofSeconds(5 + random.nextInt(60)),
        2 + random.nextInt(20),
        Duration.ofSeconds(20 + random.nextInt(100)),
        Duration.ZERO);
  }

  private static TelemetryBatch message(Random random, long now) {
    Readings readings =
        Readings.of(Assets.pump("pump-" + random.nextInt(2)))
            .device("device-" + random.nextInt(2))
            .appendedAt(now);
    if (random.nextInt(6) == 0) {
      readings.unsequenced("id-" + random.nextInt(40));
    } else {
      int jump = random.nextInt(50) == 0 ? 5_000 : 1;
      readings.boot("boot-" + random.nextInt(4)).sequence((long) random.nextInt(12) * jump);
    }
    if (random.nextInt(5) > 0) {
      readings.at(now - random.nextInt(5_000)).reading("speed_rpm", 1);
      readings.at(now - random.nextInt(5_000)).reading("speed_rpm", 2).fault("P1");
    }
    return readings.batch();
  }

  private static void assertNeverBack(List<TelemetryBatch> emitted, String where) {
    Map<String, Long> newest = new HashMap<>();
    for (TelemetryBatch batch : emitted) {
      String device = batch.asset().key() + ' ' + batch.deviceId();
      assertThat(batch.oldestEventTimeMillis())
          .as(where)
          .isGreaterThanOrEqualTo(newest.getOrDefault(device, Long.MIN_VALUE));
      newest.merge(device, batch.newestEventTimeMillis(), Math::max);
    }
  }
}
