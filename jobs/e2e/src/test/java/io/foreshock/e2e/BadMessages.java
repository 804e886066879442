package io.foreshock.e2e;

import com.google.protobuf.CodedOutputStream;
import io.foreshock.model.AssetRef;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.samples.Readings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;

/**
 * Messages that must become exactly one dead letter each, and why. Every kind has a device of its
 * own, so that gaps in one sequence hold up nobody else.
 */
final class BadMessages {
  /** Larger than this is oversized; the test configures it so. */
  static final int MAX_SIZE = 4096;

  /**
   * @param kind what is wrong
   * @param reason what the dead letter must say
   * @param index what it must be about: the whole record, or the first item
   */
  record Bad(String kind, Reason reason, int index, byte[] value) {}

  private static final int KINDS = 9;

  private final String tenant;
  private final long now;
  private final Random random;

  BadMessages(String tenant, long now, long seed) {
    this.tenant = tenant;
    this.now = now;
    this.random = new Random(seed);
  }

  Bad get(int number) {
    return switch (number % KINDS) {
      case 0 -> new Bad("truncated", Reason.MALFORMED, DeadLetter.WHOLE_RECORD, truncated(number));
      case 1 -> new Bad("bit flipped", Reason.MALFORMED, DeadLetter.WHOLE_RECORD, flipped(number));
      case 2 -> new Bad("other format", Reason.MALFORMED, DeadLetter.WHOLE_RECORD, text(number));
      case 3 -> new Bad("oversized", Reason.OVERSIZED, DeadLetter.WHOLE_RECORD, oversized(number));
      case 4 ->
          new Bad(
              "wrong tenant", Reason.WRONG_TENANT, DeadLetter.WHOLE_RECORD, wrongTenant(number));
      case 5 -> new Bad("from the future", Reason.IN_THE_FUTURE, 0, future(number));
      case 6 -> new Bad("out of range", Reason.OUT_OF_RANGE, 0, outOfRange(number));
      case 7 ->
          new Bad(
              "unknown enum", Reason.UNKNOWN_ENUM, DeadLetter.WHOLE_RECORD, unknownEnum(number));
      default ->
          new Bad("no device", Reason.MISSING_FIELD, DeadLetter.WHOLE_RECORD, noDevice(number));
    };
  }

  /**
   * A good message with random bits flipped. May still be good, or become any dead letter, even one
   * for each of its parts; only one thing is certain: nothing restarts.
   */
  byte[] noise(int number) {
    byte[] bytes = good(number).bytes();
    for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private Readings good(int number) {
    String kind = "device-" + number % KINDS;
    return Readings.of(new AssetRef(tenant, kind, "pump"))
        .sequence(number / KINDS)
        .at(now)
        .reading("vibration_rms_mm_s", 2.0);
  }

  /** Cut inside the last item: its length promises more bytes than there are. */
  private byte[] truncated(int number) {
    byte[] bytes = good(number).bytes();
    return Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(8));
  }

  /** One bit of the first tag: wire type 2 becomes 6, which does not exist. */
  private byte[] flipped(int number) {
    byte[] bytes = good(number).bytes();
    bytes[0] ^= 4;
    return bytes;
  }

  private byte[] text(int number) {
    return ("{\"device\":\"device-2\",\"sequence\":" + number + "}").getBytes();
  }

  private byte[] oversized(int number) {
    Readings message = good(number);
    for (int i = 0; i < MAX_SIZE / 30; i++) {
      message.at(now + i).reading("vibration_rms_mm_s", i % 7);
    }
    return message.bytes();
  }

  private byte[] wrongTenant(int number) {
    return Readings.of(new AssetRef("another", "device-4", "pump"))
        .sequence(number)
        .at(now)
        .reading("vibration_rms_mm_s", 2.0)
        .bytes();
  }

  private byte[] future(int number) {
    Readings message = Readings.of(new AssetRef(tenant, "device-5", "pump"));
    return message
        .sequence(number / KINDS)
        .at(now + 86_400_000L)
        .reading("vibration_rms_mm_s", 2.0)
        .bytes();
  }

  private byte[] outOfRange(int number) {
    Readings message = Readings.of(new AssetRef(tenant, "device-6", "pump"));
    return message
        .sequence(number / KINDS)
        .at(now)
        .reading("vibration_rms_mm_s", 900.0 + random.nextInt(1000))
        .bytes();
  }

  private byte[] unknownEnum(int number) {
    FaultCode fault =
        FaultCode.newBuilder()
            .setCode("E1")
            .setEventTimeEpochMillis(now)
            .setSeverityValue(40 + random.nextInt(60))
            .build();
    return append(
        good(number).bytes(), TelemetryMessage.FAULT_CODES_FIELD_NUMBER, fault.toByteArray());
  }

  /** A second, empty value of the field: the last one counts. */
  private byte[] noDevice(int number) {
    return append(good(number).bytes(), TelemetryMessage.DEVICE_ID_FIELD_NUMBER, new byte[0]);
  }

  private static byte[] append(byte[] message, int field, byte[] value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(message);
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeByteArray(field, value);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
