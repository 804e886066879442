package io.foreshock.bench.ingest;

import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;

/**
 * What the devices send: all of them in turn, each in order, so that whatever the job does is work
 * that every message needs.
 *
 * @param devices how many send
 * @param readings readings in each message, of five channels in turn, 200 ms apart
 * @param firstMillis event time of the first
 */
record BenchTelemetry(int devices, int readings, long firstMillis) {
  static final long PERIOD_MILLIS = 1_000;

  private static final String[] CHANNELS = {
    "bearing_temperature_c",
    "discharge_pressure_bar",
    "motor_current_a",
    "shaft_speed_rpm",
    "vibration_rms_mm_s"
  };

  /** Name of the device that sends a message. */
  String device(long message) {
    return "pump-" + message % devices;
  }

  /** Bytes of a message. */
  byte[] message(long message) {
    long number = message / devices;
    long time = firstMillis + number * PERIOD_MILLIS;
    TelemetryMessage.Builder builder =
        TelemetryMessage.newBuilder()
            .setDeviceId(device(message))
            .setAssetClass("pump")
            .setBootId("7f3a2c9e-boot-1")
            .setSequence(number);
    for (int i = 0; i < readings; i++) {
      builder.addMeasurements(
          Measurement.newBuilder()
              .setChannel(CHANNELS[i % CHANNELS.length])
              .setEventTimeEpochMillis(time + i / CHANNELS.length * 200L)
              .setValue(value(message, i)));
    }
    return builder.build().toByteArray();
  }

  /** Between 0 and 80, with as many digits as a sensor has. */
  private static double value(long message, int reading) {
    long mixed = (message * 31 + reading) * 0x9E3779B97F4A7C15L;
    return (mixed >>> 40) % 8_000 / 100.0;
  }
}
