package io.foreshock.fleet;

import io.foreshock.fleet.Disturbance.Kind;
import java.util.List;
import java.util.SplittableRandom;

/** What disturbances do to the readings of one machine: single outliers and missing channels. */
final class Disturbances {
  private final Disturbance outlier;
  private final Disturbance dropOut;
  private final Weakness weakness;

  /** A channel whose wiring is poor, and how far off an outlier of it is. */
  private record Weakness(String channel, double outlierFactor) {}

  Disturbances(AssetStory story, SplittableRandom random) {
    this.outlier = first(story.disturbances(), Kind.OUTLIER);
    this.dropOut = first(story.disturbances(), Kind.DROP_OUT);
    List<Weakness> weaknesses = weaknesses(story.kind());
    this.weakness = weaknesses.get(random.nextInt(weaknesses.size()));
  }

  boolean missing(String channel, long millis) {
    return dropOut != null && dropOut.covers(millis) && channel.equals(weakness.channel);
  }

  double distort(String channel, long millis, double value) {
    return outlier != null && outlier.covers(millis) && channel.equals(weakness.channel)
        ? weakness.outlierFactor * value
        : value;
  }

  private static List<Weakness> weaknesses(AssetKind kind) {
    return switch (kind) {
      case PUMP ->
          List.of(
              new Weakness("vibration_rms_mm_s", 5),
              new Weakness("bearing_temperature_c", 1.6),
              new Weakness("suction_pressure_bar", 0.2));
      case VEHICLE ->
          List.of(
              new Weakness("coolant_temperature_c", 1.3), new Weakness("battery_voltage_v", 0.85));
      case CLIMATE -> List.of(new Weakness("temperature_c", 2));
    };
  }

  private static Disturbance first(List<Disturbance> all, Kind kind) {
    return all.stream().filter(d -> d.kind() == kind).findFirst().orElse(null);
  }
}
