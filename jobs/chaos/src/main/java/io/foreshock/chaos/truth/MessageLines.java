package io.foreshock.chaos.truth;

import com.google.protobuf.TextFormat;
import io.foreshock.proto.telemetry.v1.Delivery;
import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.util.Comparator;
import java.util.stream.LongStream;

/**
 * Messages that ingest passes on, as lines. Made from the message as it is on the wire, by classes
 * that protoc generates: no decoder of the product lies between a record and its line, and a line
 * has every field of its message, those that nobody knows included.
 */
public final class MessageLines {
  private static final TextFormat.Printer PRINTER = TextFormat.printer().emittingSingleLine(true);
  private static final Comparator<Measurement> BY_TIME_THEN_CHANNEL =
      Comparator.comparingLong(Measurement::getEventTimeEpochMillis)
          .thenComparing(Measurement::getChannel);

  private MessageLines() {}

  /** A message that was passed on: how it was delivered, then all of its fields. */
  public static String of(TelemetryMessage passedOn) {
    return mark(passedOn.getDelivery()) + " " + PRINTER.printToString(passedOn).trim();
  }

  private static String mark(Delivery delivery) {
    return switch (delivery) {
      case DELIVERY_LIVE -> "live";
      case DELIVERY_BACKLOG -> "backlog";
      case DELIVERY_BACKFILL -> "late";
      case DELIVERY_UNSPECIFIED, UNRECOGNIZED -> "unmarked";
    };
  }

  /** What the contract makes of a device's message; see {@code telemetry.proto}. */
  static TelemetryMessage passedOn(
      TelemetryMessage content, String tenant, long appendMillis, Delivery delivery) {
    return content.toBuilder()
        .setTenant(tenant)
        .setDelivery(delivery)
        .setAppendTimeEpochMillis(appendMillis)
        .clearSentAtEpochMillis()
        .clearMeasurements()
        .addAllMeasurements(
            content.getMeasurementsList().stream().sorted(BY_TIME_THEN_CHANNEL).toList())
        .clearFaultCodes()
        .addAllFaultCodes(
            content.getFaultCodesList().stream()
                .sorted(Comparator.comparingLong(FaultCode::getEventTimeEpochMillis))
                .toList())
        .build();
  }

  /** Event time of the newest reading or fault code; {@code Long.MIN_VALUE} when there is none. */
  public static long newestMillis(TelemetryMessage message) {
    return LongStream.concat(
            message.getMeasurementsList().stream().mapToLong(Measurement::getEventTimeEpochMillis),
            message.getFaultCodesList().stream().mapToLong(FaultCode::getEventTimeEpochMillis))
        .max()
        .orElse(Long.MIN_VALUE);
  }
}
