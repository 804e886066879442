package io.foreshock.cli.dlq;

import io.foreshock.cli.CliFailure;
import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.MaintenanceEvent;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.OperatingStateChange;
import io.foreshock.proto.telemetry.v1.Position;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What is changed in a message before it is sent again; a mixin. Nothing by default. */
final class Repair {
  private static final Pattern DURATION = Pattern.compile("([+-]?)(\\d{1,12})(ms|s|m|h|d)");

  @Option(
      names = "--shift-time",
      paramLabel = "DURATION",
      description =
          "Move every event time, for a device whose clock was off: e.g. -8h for one that was ahead.")
  private String shift;

  @Option(
      names = "--rename-channel",
      paramLabel = "OLD=NEW",
      description = "Give readings and waveforms of a channel another one. May be repeated.")
  private Map<String, String> channels = new TreeMap<>();

  @Option(
      names = "--accept-tenant",
      description =
          "Take back the message's claim to another tenant: it belongs to the tenant of its topic.")
  private boolean acceptTenant;

  /**
   * Repairs a message in place.
   *
   * @throws CliFailure when the shift cannot be read
   */
  void apply(TelemetryMessage.Builder message) {
    if (acceptTenant) {
      message.clearTenant();
    }
    for (Measurement.Builder item : message.getMeasurementsBuilderList()) {
      item.setChannel(channels.getOrDefault(item.getChannel(), item.getChannel()));
    }
    for (Waveform.Builder item : message.getWaveformsBuilderList()) {
      item.setChannel(channels.getOrDefault(item.getChannel(), item.getChannel()));
    }
    long millis = shiftMillis();
    if (millis != 0) {
      shift(message, millis);
    }
  }

  /** What is changed, in words; empty for nothing. */
  String describe() {
    List<String> words = new ArrayList<>();
    if (shiftMillis() != 0) {
      words.add("event times moved by " + shift);
    }
    channels.forEach((from, to) -> words.add("channel " + from + " renamed to " + to));
    if (acceptTenant) {
      words.add("claimed tenant removed");
    }
    return String.join(", ", words);
  }

  private long shiftMillis() {
    if (shift == null) {
      return 0;
    }
    Matcher parts = DURATION.matcher(shift);
    if (!parts.matches()) {
      throw CliFailure.wrongInput(
          "--shift-time takes a number and ms, s, m, h or d, e.g. -8h, but is \"" + shift + "\".");
    }
    long number = Long.parseLong(parts.group(2));
    long unit =
        switch (parts.group(3)) {
          case "ms" -> 1;
          case "s" -> Duration.ofSeconds(1).toMillis();
          case "m" -> Duration.ofMinutes(1).toMillis();
          case "h" -> Duration.ofHours(1).toMillis();
          default -> Duration.ofDays(1).toMillis();
        };
    return parts.group(1).equals("-") ? -number * unit : number * unit;
  }

  private static void shift(TelemetryMessage.Builder message, long millis) {
    if (message.getSentAtEpochMillis() > 0) {
      message.setSentAtEpochMillis(Math.max(0, message.getSentAtEpochMillis() + millis));
    }
    for (Measurement.Builder item : message.getMeasurementsBuilderList()) {
      item.setEventTimeEpochMillis(item.getEventTimeEpochMillis() + millis);
    }
    for (FaultCode.Builder item : message.getFaultCodesBuilderList()) {
      item.setEventTimeEpochMillis(item.getEventTimeEpochMillis() + millis);
    }
    for (MaintenanceEvent.Builder item : message.getMaintenanceEventsBuilderList()) {
      item.setEventTimeEpochMillis(item.getEventTimeEpochMillis() + millis);
    }
    for (OperatingStateChange.Builder item : message.getOperatingStateChangesBuilderList()) {
      item.setEventTimeEpochMillis(item.getEventTimeEpochMillis() + millis);
    }
    for (Position.Builder item : message.getPositionsBuilderList()) {
      item.setEventTimeEpochMillis(item.getEventTimeEpochMillis() + millis);
    }
    for (Waveform.Builder item : message.getWaveformsBuilderList()) {
      item.setEventTimeEpochMillis(item.getEventTimeEpochMillis() + millis);
    }
  }
}
