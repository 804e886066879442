package io.foreshock.operators.decode;

import com.google.protobuf.MessageLite;
import io.foreshock.codec.TelemetryRules;
import io.foreshock.model.Channel;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.MaintenanceEvent;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.OperatingStateChange;
import io.foreshock.proto.telemetry.v1.Position;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * Takes single bad items out of one message and writes their letters. Used only for messages with
 * something wrong, so it may take its time.
 *
 * <p>Items are numbered through: measurements, fault codes, maintenance events, operating state
 * changes, positions, waveforms.
 */
final class ItemFilter {
  private final ItemRules rules;
  private final RawRecord record;
  private final String deviceId;
  private final List<DeadLetter> letters = new ArrayList<>();
  private final BitSet refused = new BitSet();

  ItemFilter(ItemRules rules, RawRecord record, String deviceId) {
    this.rules = rules;
    this.record = record;
    this.deviceId = deviceId;
  }

  /** Letters about single items, by index. */
  List<DeadLetter> letters() {
    return letters;
  }

  /**
   * The message with each refused item replaced by a harmless one of the same fields, so that the
   * rules for whole messages judge the rest and name every item by its own number.
   */
  TelemetryMessage replaceRefused(TelemetryMessage message) {
    TelemetryMessage.Builder harmless = message.toBuilder();
    int index = 0;
    for (int i = 0; i < message.getMeasurementsCount(); i++, index++) {
      Measurement item = message.getMeasurements(i);
      String name = "measurements[" + i + "]";
      if (!refuseFuture(index, name, item.getEventTimeEpochMillis(), item, item.getChannel())
          && !refuseValue(index, name, item)) {
        continue;
      }
      harmless.setMeasurements(
          i,
          item.toBuilder()
              .setValue(0)
              .setEventTimeEpochMillis(past(item.getEventTimeEpochMillis())));
    }
    for (int i = 0; i < message.getFaultCodesCount(); i++, index++) {
      FaultCode item = message.getFaultCodes(i);
      if (refuseFuture(index, "fault_codes[" + i + "]", item.getEventTimeEpochMillis(), item, "")) {
        harmless.setFaultCodes(i, item.toBuilder().setEventTimeEpochMillis(1));
      }
    }
    for (int i = 0; i < message.getMaintenanceEventsCount(); i++, index++) {
      MaintenanceEvent item = message.getMaintenanceEvents(i);
      String name = "maintenance_events[" + i + "]";
      if (refuseFuture(index, name, item.getEventTimeEpochMillis(), item, "")) {
        harmless.setMaintenanceEvents(i, item.toBuilder().setEventTimeEpochMillis(1));
      }
    }
    for (int i = 0; i < message.getOperatingStateChangesCount(); i++, index++) {
      OperatingStateChange item = message.getOperatingStateChanges(i);
      String name = "operating_state_changes[" + i + "]";
      if (refuseFuture(index, name, item.getEventTimeEpochMillis(), item, "")) {
        harmless.setOperatingStateChanges(i, item.toBuilder().setEventTimeEpochMillis(1));
      }
    }
    for (int i = 0; i < message.getPositionsCount(); i++, index++) {
      Position item = message.getPositions(i);
      String name = "positions[" + i + "]";
      if (refuseFuture(index, name, item.getEventTimeEpochMillis(), item, "")
          || refusePosition(index, name, item)) {
        harmless.setPositions(
            i, Position.newBuilder().setEventTimeEpochMillis(past(item.getEventTimeEpochMillis())));
      }
    }
    for (int i = 0; i < message.getWaveformsCount(); i++, index++) {
      Waveform item = message.getWaveforms(i);
      if (refuseWaveform(index, "waveforms[" + i + "]", item, message)) {
        harmless.setWaveforms(i, harmless(item));
      }
    }
    return harmless.build();
  }

  /** The message without the items that {@link #replaceRefused} refused. */
  TelemetryMessage removeRefused(TelemetryMessage message) {
    TelemetryMessage.Builder kept =
        message.toBuilder()
            .clearMeasurements()
            .clearFaultCodes()
            .clearMaintenanceEvents()
            .clearOperatingStateChanges()
            .clearPositions()
            .clearWaveforms();
    int index = 0;
    for (Measurement item : message.getMeasurementsList()) {
      if (!refused.get(index++)) {
        kept.addMeasurements(item);
      }
    }
    for (FaultCode item : message.getFaultCodesList()) {
      if (!refused.get(index++)) {
        kept.addFaultCodes(item);
      }
    }
    for (MaintenanceEvent item : message.getMaintenanceEventsList()) {
      if (!refused.get(index++)) {
        kept.addMaintenanceEvents(item);
      }
    }
    for (OperatingStateChange item : message.getOperatingStateChangesList()) {
      if (!refused.get(index++)) {
        kept.addOperatingStateChanges(item);
      }
    }
    for (Position item : message.getPositionsList()) {
      if (!refused.get(index++)) {
        kept.addPositions(item);
      }
    }
    for (Waveform item : message.getWaveformsList()) {
      if (!refused.get(index++)) {
        kept.addWaveforms(item);
      }
    }
    return kept.build();
  }

  private boolean refuseFuture(
      int index, String name, long eventTimeMillis, MessageLite item, String channel) {
    if (!rules.isInTheFuture(eventTimeMillis, record.appendTimeMillis())) {
      return false;
    }
    refuse(
        index,
        Reason.IN_THE_FUTURE,
        name
            + ": event time "
            + instant(eventTimeMillis)
            + " is more than "
            + Duration.ofMillis(rules.futureToleranceMillis())
            + " ahead of the append time "
            + instant(record.appendTimeMillis()),
        item,
        channel);
    return true;
  }

  private boolean refuseValue(int index, String name, Measurement item) {
    if (!rules.isFinite(item)) {
      String detail = name + ": value is " + item.getValue() + ", but must be finite";
      refuse(index, Reason.OUT_OF_RANGE, detail, item, item.getChannel());
      return true;
    }
    Channel channel = rules.outOfRange(item);
    if (channel == null) {
      return false;
    }
    refuse(
        index,
        Reason.OUT_OF_RANGE,
        name
            + ": value="
            + item.getValue()
            + (channel.unit().isEmpty() ? "" : " unit=" + channel.unit())
            + " is outside range=["
            + channel.minimum()
            + ", "
            + channel.maximum()
            + "] of channel="
            + channel.name(),
        item,
        item.getChannel());
    return true;
  }

  private boolean refusePosition(int index, String name, Position item) {
    if (TelemetryRules.isOnEarth(item)) {
      return false;
    }
    String detail =
        name
            + ": latitude_degrees="
            + item.getLatitudeDegrees()
            + " longitude_degrees="
            + item.getLongitudeDegrees()
            + (item.hasSpeedMS() ? " speed_m_s=" + item.getSpeedMS() : "")
            + (item.hasHeadingDegrees() ? " heading_degrees=" + item.getHeadingDegrees() : "")
            + (item.hasAccuracyM() ? " accuracy_m=" + item.getAccuracyM() : "")
            + " leaves the range of a field (see telemetry.proto)";
    refuse(index, Reason.OUT_OF_RANGE, detail, item, "");
    return true;
  }

  private boolean refuseWaveform(int index, String name, Waveform item, TelemetryMessage message) {
    if (refuseFuture(index, name, WaveformRules.endMillis(item), item, item.getChannel())) {
      return true;
    }
    WaveformRules.Refusal refusal = rules.waveforms().refusal(item, message);
    if (refusal == null) {
      return false;
    }
    refuse(index, refusal.reason(), name + ": " + refusal.detail(), item, item.getChannel());
    return true;
  }

  /** As many samples in the same form, all of them zero. */
  private static Waveform harmless(Waveform item) {
    Waveform.Builder harmless =
        item.toBuilder()
            .setEventTimeEpochMillis(past(item.getEventTimeEpochMillis()))
            .clearSamples();
    return harmless.addAllSamples(Collections.nCopies(item.getSamplesCount(), 0f)).build();
  }

  private void refuse(int index, Reason reason, String detail, MessageLite item, String channel) {
    refused.set(index);
    RawRecord source =
        new RawRecord(
            record.tenant(),
            record.topic(),
            record.partition(),
            record.offset(),
            record.appendTimeMillis(),
            record.key(),
            item.toByteArray());
    letters.add(new DeadLetter(source, index, reason, detail, deviceId, channel));
  }

  /** A missing event time stays missing: that is for the contract to refuse. */
  private static long past(long eventTimeMillis) {
    return Math.min(eventTimeMillis, 1);
  }

  /** Any 64-bit number can come out of a damaged message; not every one is a date. */
  private static String instant(long epochMillis) {
    return epochMillis > TelemetryRules.LAST_EPOCH_MILLIS || epochMillis < 0
        ? epochMillis + " ms"
        : Instant.ofEpochMilli(epochMillis).toString();
  }
}
