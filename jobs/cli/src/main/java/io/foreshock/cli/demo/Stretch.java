package io.foreshock.cli.demo;

import java.time.Duration;
import org.apache.avro.generic.GenericRecord;

/**
 * A trip or an operation as it stands on {@code <tenant>.sessions}.
 *
 * @param kind {@code TRIP} or {@code OPERATION}, among others that are not shown
 * @param startMillis simulated time of the first reading that shows it running
 * @param endMillis simulated time of the last one
 * @param kilometres travelled; NaN when it does not move
 * @param idlingMinutes standing still with the engine on; NaN when no speed is known
 * @param load mean of the load channel; NaN when it has none
 */
record Stretch(
    String kind,
    String tenant,
    String assetId,
    long startMillis,
    long endMillis,
    double kilometres,
    double idlingMinutes,
    double load) {

  static Stretch of(GenericRecord row) {
    return new Stretch(
        row.get("kind").toString(),
        row.get("tenant").toString(),
        row.get("asset_id").toString(),
        (Long) row.get("start_time"),
        (Long) row.get("end_time"),
        number(row, "distance_m") / 1000,
        number(row, "idling_s") / 60,
        number(row, "load_mean"));
  }

  boolean isTrip() {
    return kind.equals("TRIP");
  }

  boolean isOperation() {
    return kind.equals("OPERATION");
  }

  double hours() {
    return Duration.ofMillis(endMillis - startMillis).toSeconds() / 3600.0;
  }

  private static double number(GenericRecord row, String field) {
    return row.get(field) instanceof Number value ? value.doubleValue() : Double.NaN;
  }
}
