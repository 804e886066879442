package io.foreshock.bench.latency;

import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;

/**
 * What is sent when. Each message has its moment before the run begins, whether or not the sender
 * keeps up: latency counts from that moment, so a stall is not left out of the figures.
 *
 * <p>Assets send in turn. Every so many messages, one reports vibration beyond its limit, and its
 * next message a fault code: that one completes a pattern, and its moment is the event time of the
 * alert. Each alert is another one: after all assets had their turn, the next pattern begins.
 *
 * @param rate messages a second
 * @param assets how many send
 * @param every one message in so many completes a pattern
 * @param startMillis moment of the first message, milliseconds since 1970
 */
record Schedule(int rate, int assets, int every, long startMillis) {
  static final double LIMIT_MM_S = 7.1;

  private static final String[] CHANNELS = {
    "bearing_temperature_c", "discharge_pressure_bar", "motor_current_a", "shaft_speed_rpm"
  };

  /** When a message is due. */
  long dueMillis(long message) {
    return startMillis + message * 1_000 / rate;
  }

  /** Number of the episode that a message completes, from 0; -1 when it completes none. */
  long completes(long message) {
    return shakes(message - assets);
  }

  /** Number of the episode that a message begins; -1 when it begins none. */
  private long shakes(long message) {
    return message >= 0 && message % every == 0 ? message / every : -1;
  }

  /**
   * Asset of a message. They send in turn; turns begin one later each round of episodes, so that
   * all come to raise alerts.
   */
  int asset(long message) {
    return (int) (message % assets);
  }

  /** Which pattern an episode completes: how often its asset had an episode before. */
  int pattern(long episode) {
    return (int) (episode / episodesPerRound());
  }

  /** Episodes until an asset comes again. */
  private long episodesPerRound() {
    return assets / gcd(every, assets);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** Patterns that so many messages need. */
  int patterns(long messages) {
    return pattern(messages / every) + 1;
  }

  static String assetId(int asset) {
    return "pump-%04d".formatted(asset);
  }

  static String code(int pattern) {
    return "E%03d".formatted(pattern);
  }

  /** Id of the alert of an episode, as the alerts job gives it. */
  String alertId(long episode) {
    return assetId(asset(episode * every)) + "/bearing/probe-" + pattern(episode);
  }

  /** Bytes of a message. */
  byte[] message(long message) {
    long time = dueMillis(message);
    TelemetryMessage.Builder builder =
        TelemetryMessage.newBuilder()
            .setDeviceId(assetId(asset(message)))
            .setAssetClass("pump")
            .setBootId("boot-1")
            .setSequence(message / assets);
    for (int i = 0; i < CHANNELS.length; i++) {
      add(builder, CHANNELS[i], time, 20 + (message * 31 + i) % 400 / 10.0);
    }
    add(builder, "vibration_rms_mm_s", time, shakes(message) >= 0 ? LIMIT_MM_S + 2 : 2.1);
    long episode = completes(message);
    if (episode >= 0) {
      builder.addFaultCodes(
          FaultCode.newBuilder().setCode(code(pattern(episode))).setEventTimeEpochMillis(time));
    }
    return builder.build().toByteArray();
  }

  private static void add(
      TelemetryMessage.Builder builder, String channel, long time, double value) {
    builder.addMeasurements(
        Measurement.newBuilder().setChannel(channel).setEventTimeEpochMillis(time).setValue(value));
  }

  /** Patterns that the episodes complete, as a document with one of them each. */
  String document(int pattern) {
    return """
        pattern: probe-%1$d
        version: 1
        description: An asset shakes and then reports fault %2$s.
        source: made up for the latency benchmark
        appliesTo: {assetClass: [pump]}
        symptoms:
          shaking: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1 mm/s, clearBelow: 6.5 mm/s}
        sequence:
          - {stage: shakes, when: 'symptom == "shaking"'}
          - {stage: fails, when: 'fault.code == "%2$s"'}
        within: 5min
        detection: {component: bearing, failureMode: probe-%1$d, severity: critical}
        """
        .formatted(pattern, code(pattern));
  }
}
