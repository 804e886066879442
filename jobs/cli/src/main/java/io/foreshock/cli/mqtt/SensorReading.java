package io.foreshock.cli.mqtt;

import java.util.Locale;

/**
 * What one sensor publishes at a time.
 *
 * @param room asset that it measures
 * @param device the sensor
 * @param millis event time, milliseconds since 1970
 * @param celsius temperature; NaN when it was not measured
 * @param humidityPercent relative humidity; NaN when it was not measured
 */
public record SensorReading(
    String room, String device, long millis, double celsius, double humidityPercent) {

  /** Topic on the MQTT broker. */
  public String topic(String tenant) {
    return "plants/" + tenant + '/' + room + '/' + device + "/telemetry";
  }

  /** JSON with the names that a plain sensor uses; temperature in tenths of a degree Fahrenheit. */
  public String json() {
    StringBuilder text = new StringBuilder("{\"ts\":").append(millis);
    if (!Double.isNaN(celsius)) {
      text.append(",\"t\":").append(Math.round((celsius * 9 / 5 + 32) * 10));
    }
    if (!Double.isNaN(humidityPercent)) {
      text.append(String.format(Locale.ROOT, ",\"rh\":%.1f", humidityPercent));
    }
    return text.append('}').toString();
  }
}
