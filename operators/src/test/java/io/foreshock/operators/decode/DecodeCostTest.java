package io.foreshock.operators.decode;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.Position;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints what RATIONALE.md states: {@code -Dforeshock.measure=true}. */
@EnabledIfSystemProperty(named = "foreshock.measure", matches = "true")
class DecodeCostTest {
  private static final long NOW = Readings.time("08:00:00");

  private final TelemetryDecoder decoder =
      new TelemetryDecoder(
          DecodeRules.DEFAULT,
          new ChannelRegistry(
              List.of(new Channel("bearing_temperature_c", "°C", -40, 200, "For the test"))));

  @Test
  void measuresAMessage() {
    TelemetryMessage.Builder message =
        TelemetryCodec.toMessage(Readings.of(Assets.PUMP).batch()).toBuilder();
    for (int i = 0; i < 20; i++) {
      message.addMeasurements(measurement(i));
    }
    measure("20 measurements", message, 200_000);
    measure(
        "20 measurements, one not finite",
        message.setMeasurements(7, measurement(Double.NaN)),
        50_000);
    measure("20 measurements, no device", message.clearDeviceId(), 20_000);
    measure("no message at all", new byte[] {-1, 2, 3}, 200_000);
  }

  @Test
  void measuresTheLargestMessages() {
    TelemetryMessage.Builder message =
        TelemetryCodec.toMessage(Readings.of(Assets.PUMP).batch()).toBuilder();
    for (int i = 0; i < 10_000; i++) {
      message.addMeasurements(measurement(i % 200));
    }
    measure("10,000 measurements", message, 50);
    measure(
        "10,000 measurements and a bad position",
        message.clone().addPositions(Position.newBuilder()),
        20);
    for (int i = 0; i < 10_000; i++) {
      message.setMeasurements(i, measurement(Double.NaN));
    }
    measure("10,000 measurements, none finite", message, 20);
    message.clearMeasurements();
    for (int i = 0; i < 500_000; i++) {
      message.addMeasurements(Measurement.getDefaultInstance());
    }
    measure("500,000 empty measurements", message, 20);
  }

  private static Measurement measurement(double value) {
    return Measurement.newBuilder()
        .setChannel("bearing_temperature_c")
        .setEventTimeEpochMillis(NOW)
        .setValue(value)
        .build();
  }

  private void measure(String what, TelemetryMessage.Builder message, int times) {
    measure(what, message.build().toByteArray(), times);
  }

  private void measure(String what, byte[] bytes, int times) {
    RawRecord record = Readings.record(Assets.TENANT, 1, NOW, bytes);
    long letters = 0;
    long[] count = {0};
    for (int round = 0; round < 3; round++) {
      count[0] = 0;
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        decoder.decode(record, letter -> count[0]++);
      }
      letters = count[0] / times;
      System.out.printf(
          "%s (%d bytes): %.1f us, %d letters%n",
          what, bytes.length, (System.nanoTime() - start) / 1e3 / times, letters);
    }
  }
}
