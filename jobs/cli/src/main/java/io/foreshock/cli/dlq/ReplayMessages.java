package io.foreshock.cli.dlq;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.decode.TelemetryDecoder;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.ArrayList;
import java.util.List;

/**
 * The message that a dead letter becomes when it is sent again.
 *
 * <p>It has no place in the device's numbering: its number was used by the empty rest that the job
 * passed on, or given up as lost, or it is only one item of a message whose rest has passed. With
 * its number it would be dropped as a repeat. Its identity is the letter's, as {@code message_id};
 * the order operator passes it on once by that, in its place by event time or as late.
 */
final class ReplayMessages {
  private final OriginalRecords originals;
  private final TelemetryDecoder decoder;
  private final Repair repair;

  /**
   * @param decoder with the rules that the jobs have now
   */
  ReplayMessages(OriginalRecords originals, TelemetryDecoder decoder, Repair repair) {
    this.originals = originals;
    this.decoder = decoder;
    this.repair = repair;
  }

  /**
   * What a letter became.
   *
   * @param message to be sent; null when there is none
   * @param problem why there is none, in words; empty when there is one
   */
  record Made(byte[] message, String problem) {
    static Made not(String problem) {
      return new Made(null, problem);
    }
  }

  Made make(StoredLetter stored, long nowMillis) {
    DeadLetter letter = stored.letter();
    RawRecord source = letter.source();
    if (!TenantTopic.RAW.matches(source.topic())) {
      return Made.not("it was read from " + source.topic() + ", not from a topic: repair it there");
    }
    boolean whole = letter.index() == DeadLetter.WHOLE_RECORD;
    byte[] original =
        whole && !stored.isCut()
            ? source.value()
            : originals.find(source.topic(), source.partition(), source.offset());
    if (original == null) {
      return Made.not(
          (whole
                  ? "the letter holds %,d of %,d bytes"
                      .formatted(source.value().length, stored.originalSize())
                  : "the letter holds the item alone, without its machine")
              + ", and the record is not on its topic any more");
    }
    TelemetryMessage.Builder message;
    try {
      message = TelemetryCodec.parse(original).toBuilder();
    } catch (InvalidProtocolBufferException e) {
      return Made.not("its bytes are no TelemetryMessage of this version");
    }
    if (!whole && !keepOnly(letter.index(), message)) {
      return Made.not("the record has no item " + letter.index());
    }
    repair.apply(message);
    byte[] bytes =
        message
            .clearBootId()
            .clearSequence()
            .setMessageId(stored.id().toString())
            .build()
            .toByteArray();
    return check(bytes, source, nowMillis);
  }

  /** Refuses what the job would refuse again: it would be one more letter. */
  private Made check(byte[] bytes, RawRecord source, long nowMillis) {
    List<DeadLetter> again = new ArrayList<>(0);
    decoder.decode(
        new RawRecord(
            source.tenant(),
            source.topic(),
            source.partition(),
            source.offset(),
            nowMillis,
            source.key(),
            bytes),
        again::add);
    return again.isEmpty()
        ? new Made(bytes, "")
        : Made.not(
            "it would be refused again: " + again.get(0).reason() + " " + again.get(0).detail());
  }

  /** Leaves one item, numbered as in a letter, and who sent it. */
  private static boolean keepOnly(int index, TelemetryMessage.Builder message) {
    TelemetryMessage all = message.build();
    message
        .clearMeasurements()
        .clearFaultCodes()
        .clearMaintenanceEvents()
        .clearOperatingStateChanges()
        .clearPositions()
        .clearWaveforms();
    int left = index;
    if (left < all.getMeasurementsCount()) {
      message.addMeasurements(all.getMeasurements(left));
      return true;
    }
    left -= all.getMeasurementsCount();
    if (left < all.getFaultCodesCount()) {
      message.addFaultCodes(all.getFaultCodes(left));
      return true;
    }
    left -= all.getFaultCodesCount();
    if (left < all.getMaintenanceEventsCount()) {
      message.addMaintenanceEvents(all.getMaintenanceEvents(left));
      return true;
    }
    left -= all.getMaintenanceEventsCount();
    if (left < all.getOperatingStateChangesCount()) {
      message.addOperatingStateChanges(all.getOperatingStateChanges(left));
      return true;
    }
    left -= all.getOperatingStateChangesCount();
    if (left < all.getPositionsCount()) {
      message.addPositions(all.getPositions(left));
      return true;
    }
    left -= all.getPositionsCount();
    if (left < all.getWaveformsCount()) {
      message.addWaveforms(all.getWaveforms(left));
      return true;
    }
    return false;
  }
}
