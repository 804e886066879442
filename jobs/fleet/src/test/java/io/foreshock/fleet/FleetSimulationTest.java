package io.foreshock.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetSimulationTest {
  private static final FleetConfig CONFIG = FleetConfig.demo(7, 45, Duration.ofHours(48));

  @Test
  void sendsTheSameMessagesForTheSameSeed() {
    assertThat(run(CONFIG)).isEqualTo(run(CONFIG));
  }

  @Test
  void sendsOtherMessagesForAnotherSeed() {
    FleetConfig other = FleetConfig.demo(8, 45, Duration.ofHours(48));

    assertThat(run(CONFIG)).isNotEqualTo(run(other));
  }

  @Test
  void sendsTheSameMessagesInShortAndInLongSteps() {
    List<Upload> inShortSteps = new ArrayList<>();
    FleetSimulation fleet = new FleetSimulation(CONFIG);
    for (long t = CONFIG.startMillis(); t < CONFIG.endMillis(); t += 97_000) {
      fleet.advanceTo(t, inShortSteps::add);
    }
    fleet.finish(inShortSteps::add);

    assertThat(inShortSteps).isEqualTo(run(CONFIG));
  }

  @Test
  void deliversInOrderOfTheBrokersClock() {
    assertThat(run(CONFIG)).extracting(Upload::sendMillis).isSorted();
  }

  @Test
  void losesNoMessageAndMarksRepeats() {
    Map<String, Set<Long>> numbers = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (Upload upload : run(CONFIG)) {
      TelemetryBatch batch = upload.batch();
      String boot = batch.asset().key() + ' ' + batch.bootId();
      numbers.computeIfAbsent(boot, k -> new HashSet<>()).add(batch.sequence());
      assertThat(seen.add(boot + ' ' + batch.sequence())).isEqualTo(!upload.repeat());
    }
    numbers.forEach(
        (boot, sent) ->
            assertThat(sent.stream().mapToLong(n -> n).max().orElse(-1))
                .as(boot)
                .isEqualTo(sent.size() - 1));
  }

  @Test
  void disturbsTheDelivery() {
    List<Upload> uploads = run(CONFIG);
    long repeats = uploads.stream().filter(Upload::repeat).count();
    Map<String, Long> last = new HashMap<>();
    long overtaken = 0;
    long hourLate = 0;
    Set<String> boots = new HashSet<>();
    for (Upload upload : uploads) {
      TelemetryBatch batch = upload.batch();
      String key = batch.asset().key() + batch.bootId();
      overtaken += !upload.repeat() && last.getOrDefault(key, -1L) > batch.sequence() ? 1 : 0;
      last.merge(key, batch.sequence(), Math::max);
      hourLate += upload.sendMillis() - batch.newestEventTimeMillis() > 3_600_000 ? 1 : 0;
      boots.add(batch.bootId());
    }
    assertThat(repeats).isBetween(uploads.size() / 200L, uploads.size() / 50L);
    assertThat(overtaken).isGreaterThan(uploads.size() / 300L);
    assertThat(hourLate).isPositive();
    assertThat(boots).contains("boot-0", "boot-1");
  }

  @Test
  void deliversOnceAndInOrderWhenTheNetworkIsPerfect() {
    FleetConfig perfect =
        new FleetConfig(
            7,
            9,
            List.of("acme"),
            FleetConfig.DEFAULT_START,
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            1,
            DeliveryConfig.PERFECT);
    Map<String, Long> next = new HashMap<>();
    for (Upload upload : run(perfect)) {
      String key = upload.batch().asset().key();
      assertThat(upload.batch().sequence()).isEqualTo(next.getOrDefault(key, 0L));
      next.merge(key, 1L, (a, b) -> a + b == 1 ? 1 : a + 1);
    }
    assertThat(next).hasSize(9);
  }

  @Test
  void staysWithinWhatSensorsOfHealthyMachinesRead() {
    FleetConfig config = FleetConfig.demo(11, 60, Duration.ofHours(48));
    FleetSimulation fleet = new FleetSimulation(config);
    Set<String> failing = new HashSet<>();
    fleet.truth().failures().forEach(f -> failing.add(f.asset().key()));
    Map<String, double[]> ranges = new TreeMap<>();
    fleet.finish(
        upload -> {
          TelemetryBatch batch = upload.batch();
          boolean plain =
              !failing.contains(batch.asset().key())
                  && fleet.truth().disturbances(batch.asset()).isEmpty();
          if (plain) {
            for (Measurement m : batch.measurements()) {
              double[] range =
                  ranges.computeIfAbsent(
                      m.channel(),
                      k -> new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
              range[0] = Math.min(range[0], m.value());
              range[1] = Math.max(range[1], m.value());
            }
          }
        });
    assertRange(ranges, "vibration_rms_mm_s", 0.8, 3.2);
    assertRange(ranges, "bearing_temperature_c", 20, 75);
    assertRange(ranges, "winding_temperature_c", 30, 110);
    assertRange(ranges, "suction_pressure_bar", 0.7, 2);
    assertRange(ranges, "coolant_temperature_c", 5, 100);
    assertRange(ranges, "battery_voltage_v", 12.3, 14.5);
    assertRange(ranges, "temperature_c", 8, 40);
    assertRange(ranges, "relative_humidity_percent", 10, 100);
  }

  static List<Upload> run(FleetConfig config) {
    List<Upload> uploads = new ArrayList<>();
    new FleetSimulation(config).finish(uploads::add);
    return uploads;
  }

  private static void assertRange(
      Map<String, double[]> ranges, String channel, double low, double high) {
    assertThat(ranges).containsKey(channel);
    assertThat(ranges.get(channel)[0]).as("lowest " + channel).isGreaterThan(low);
    assertThat(ranges.get(channel)[1]).as("highest " + channel).isLessThan(high);
  }
}
