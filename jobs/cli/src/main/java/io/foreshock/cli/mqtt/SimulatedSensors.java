package io.foreshock.cli.mqtt;

import io.foreshock.fleet.DeliveryConfig;
import io.foreshock.fleet.FleetConfig;
import io.foreshock.fleet.FleetSimulation;
import io.foreshock.fleet.Upload;
import io.foreshock.model.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Temperature and humidity of rooms, from the climate model of the fleet, two of which get into
 * trouble: in the second half of the time one becomes too warm and another too humid.
 *
 * <p>Knows from its own readings, with a loop and no detector, who must be reported.
 */
public final class SimulatedSensors {
  /** Limits of the patterns in {@code sensor-limits.yaml}. */
  static final double TOO_WARM_CELSIUS = 45;

  static final double TOO_HUMID_PERCENT = 95;
  static final Duration FOR = Duration.ofMinutes(10);

  private static final Duration EVERY = Duration.ofMinutes(1);

  private final List<SensorReading> readings = new ArrayList<>();
  private final Set<String> rooms = new LinkedHashSet<>();
  private final long shiftMillis;

  /**
   * @param sensors number of rooms, each with a sensor; at least 2
   * @param end event time of the last readings
   * @param span how long is simulated
   */
  public SimulatedSensors(long seed, int sensors, Instant end, Duration span) {
    // Two of five assets of a fleet are rooms.
    int assets = sensors * 5 / 2 + 5;
    FleetSimulation fleet =
        new FleetSimulation(
            new FleetConfig(
                seed,
                assets,
                List.of("plant"),
                FleetConfig.DEFAULT_START,
                span,
                EVERY,
                EVERY,
                0,
                DeliveryConfig.PERFECT));
    fleet.truth().assets().stream()
        .filter(asset -> asset.assetClass().equals("climate"))
        .limit(sensors)
        .forEach(asset -> rooms.add(asset.assetId()));
    List<String> all = List.copyOf(rooms);
    String warm = all.get(all.size() / 3);
    String humid = all.get(2 * all.size() / 3);
    // The weather of one fixed morning, moved to where it is wanted.
    shiftMillis = end.toEpochMilli() - fleet.config().endMillis();
    long trouble = end.minus(span.dividedBy(2)).toEpochMilli();
    fleet.finish(upload -> take(upload, trouble, warm, humid));
    readings.sort(Comparator.comparingLong(SensorReading::millis));
  }

  /** In the order in which they are published. */
  public List<SensorReading> readings() {
    return readings;
  }

  public int sensors() {
    return rooms.size();
  }

  /**
   * Who must be reported: failure mode by room. A value must stay beyond its limit for the time of
   * the pattern without a break.
   */
  public Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    beyond(SensorReading::celsius, TOO_WARM_CELSIUS).forEach(r -> expected.put(r, "overheating"));
    beyond(SensorReading::humidityPercent, TOO_HUMID_PERCENT)
        .forEach(r -> expected.put(r, "condensation"));
    return expected;
  }

  private Set<String> beyond(ToDoubleFunction<SensorReading> value, double limit) {
    Map<String, Long> since = new HashMap<>();
    Set<String> found = new TreeSet<>();
    for (SensorReading reading : readings) {
      double now = value.applyAsDouble(reading);
      if (now <= limit) {
        since.remove(reading.room());
      } else if (now > limit) {
        long begin = since.computeIfAbsent(reading.room(), room -> reading.millis());
        if (reading.millis() - begin >= FOR.toMillis()) {
          found.add(reading.room());
        }
      }
    }
    return found;
  }

  private void take(Upload upload, long trouble, String warm, String humid) {
    String room = upload.batch().asset().assetId();
    if (!rooms.contains(room)) {
      return;
    }
    Map<Long, Map<String, Double>> byTime = new TreeMap<>();
    for (Measurement item : upload.batch().measurements()) {
      byTime
          .computeIfAbsent(item.eventTimeMillis() + shiftMillis, time -> new HashMap<>())
          .put(item.channel(), item.value());
    }
    byTime.forEach(
        (time, values) -> {
          // A heater that does not switch off: half a kelvin a minute. A leak: one percent.
          double minutes = Math.max(0, time - trouble) / 60_000.0;
          double heat = room.equals(warm) ? Math.min(40, minutes / 2) : 0;
          double water = room.equals(humid) ? minutes : 0;
          readings.add(
              new SensorReading(
                  room,
                  upload.batch().deviceId(),
                  time,
                  values.getOrDefault("temperature_c", Double.NaN) + heat,
                  Math.min(
                      100, values.getOrDefault("relative_humidity_percent", Double.NaN) + water)));
        });
  }
}
