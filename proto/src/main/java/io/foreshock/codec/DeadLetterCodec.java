package io.foreshock.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;

/** {@link DeadLetter} to the bytes on {@code <tenant>.telemetry.dlq} and back. */
public final class DeadLetterCodec {
  /** Bytes of the refused value that a letter carries at most; its size is stated in full. */
  public static final int MAX_VALUE_BYTES = 64 * 1024;

  private static final DeadLetter.Reason[] REASONS = DeadLetter.Reason.values();

  private DeadLetterCodec() {}

  public static byte[] encode(DeadLetter letter) {
    RawRecord source = letter.source();
    byte[] value = source.value();
    return io.foreshock.proto.deadletter.v1.DeadLetter.newBuilder()
        .setReasonValue(letter.reason().ordinal() + 1)
        .setDetail(letter.detail())
        .setTopic(source.topic())
        .setPartition(source.partition())
        .setOffset(source.offset())
        .setIndex(letter.index())
        .setAppendTimeEpochMillis(source.appendTimeMillis())
        .setTenant(source.tenant())
        .setDeviceId(letter.deviceId())
        .setChannel(letter.channel())
        .setKey(ByteString.copyFrom(source.key()))
        .setValue(ByteString.copyFrom(value, 0, Math.min(value.length, MAX_VALUE_BYTES)))
        .setOriginalSize(value.length)
        .build()
        .toByteArray();
  }

  /**
   * The letter; its value may have been cut.
   *
   * @throws InvalidProtocolBufferException when the bytes are no DeadLetter, or hold a reason that
   *     this version does not know
   */
  public static DeadLetter decode(byte[] bytes) throws InvalidProtocolBufferException {
    var message = io.foreshock.proto.deadletter.v1.DeadLetter.parseFrom(bytes);
    return new DeadLetter(
        new RawRecord(
            message.getTenant(),
            message.getTopic(),
            message.getPartition(),
            message.getOffset(),
            message.getAppendTimeEpochMillis(),
            message.getKey().toByteArray(),
            message.getValue().toByteArray()),
        message.getIndex(),
        WireEnums.fromNumber(REASONS, message.getReasonValue(), "reason"),
        message.getDetail(),
        message.getDeviceId(),
        message.getChannel());
  }
}
