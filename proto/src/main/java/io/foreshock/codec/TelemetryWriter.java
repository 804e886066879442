package io.foreshock.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a batch as the bytes of a TelemetryMessage, the same as the generated classes write, but
 * without making a message of it first: readings are measured and written where they are, and a
 * channel's name is encoded once for all of its readings. Readings that still have the bytes they
 * came in are passed on in these, which are the same.
 *
 * <p>One instance writes one batch.
 */
final class TelemetryWriter {
  // Tags of Measurement.
  private static final int CHANNEL = 1 << 3 | WireScanner.BYTES;
  private static final int EVENT_TIME = 2 << 3 | WireScanner.VARINT;
  private static final int VALUE = 3 << 3 | WireScanner.FIXED64;

  private static final int MEASUREMENTS = 9;
  private static final Measurement[] NONE = {};

  private final TelemetryBatch batch;
  private final String assetId;
  private final int delivery;
  private final long appendTimeMillis;
  private final EncodedMeasurements encoded;
  private final Measurement[] readings;
  private final byte[][] channels;
  private final List<MessageLite> others = new ArrayList<>(0);
  private final List<Integer> otherFields = new ArrayList<>(0);

  /**
   * @param delivery number of the delivery; 0 to leave it out
   * @param appendTimeMillis 0 to leave it out
   */
  TelemetryWriter(TelemetryBatch batch, int delivery, long appendTimeMillis) {
    this.batch = batch;
    this.assetId = assetId(batch);
    this.delivery = delivery;
    this.appendTimeMillis = appendTimeMillis;
    this.encoded =
        batch.measurements() instanceof EncodedMeasurements measurements ? measurements : null;
    this.readings = encoded != null ? NONE : batch.measurements().toArray(NONE);
    this.channels = encoded(readings);
    batch.faultCodes().forEach(item -> add(10, TelemetryItems.toWire(item)));
    batch.maintenanceEvents().forEach(item -> add(11, TelemetryItems.toWire(item)));
    batch.operatingStateChanges().forEach(item -> add(12, TelemetryItems.toWire(item)));
    batch.positions().forEach(item -> add(13, TelemetryItems.toWire(item)));
  }

  private void add(int field, MessageLite item) {
    others.add(item);
    otherFields.add(field);
  }

  byte[] toBytes() {
    int[] sizes = new int[readings.length];
    byte[] bytes = new byte[size(sizes)];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      head(batch, assetId, out);
      if (batch.sequence() != 0) {
        out.writeUInt64(6, batch.sequence());
      }
      text(7, batch.messageId(), out);
      if (encoded != null) {
        out.writeRawBytes(encoded.bytes(), encoded.from(), encoded.length());
      }
      for (int i = 0; i < sizes.length; i++) {
        out.writeUInt32NoTag(MEASUREMENTS << 3 | WireScanner.BYTES);
        out.writeUInt32NoTag(sizes[i]);
        write(channels[i], readings[i], out);
      }
      for (int i = 0; i < others.size(); i++) {
        out.writeMessage(otherFields.get(i), others.get(i));
      }
      if (delivery != 0) {
        out.writeEnum(14, delivery);
      }
      if (appendTimeMillis != 0) {
        out.writeInt64(15, appendTimeMillis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The size of a message was not told right", e);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  private int size(int[] sizes) {
    int size = headSize(batch, assetId) + textSize(7, batch.messageId());
    if (batch.sequence() != 0) {
      size += CodedOutputStream.computeUInt64Size(6, batch.sequence());
    }
    if (encoded != null) {
      size += encoded.length();
    }
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = size(channels[i].length, readings[i].eventTimeMillis(), readings[i].value());
      size += 1 + CodedOutputStream.computeUInt32SizeNoTag(sizes[i]) + sizes[i];
    }
    for (int i = 0; i < others.size(); i++) {
      size += CodedOutputStream.computeMessageSize(otherFields.get(i), others.get(i));
    }
    if (delivery != 0) {
      size += CodedOutputStream.computeEnumSize(14, delivery);
    }
    if (appendTimeMillis != 0) {
      size += CodedOutputStream.computeInt64Size(15, appendTimeMillis);
    }
    return size;
  }

  /**
   * Bytes of a reading, without tag and length.
   *
   * @param channel bytes of the channel's name
   */
  static int size(int channel, long eventTimeMillis, double value) {
    int size = 0;
    if (channel > 0) {
      size += 1 + CodedOutputStream.computeUInt32SizeNoTag(channel) + channel;
    }
    if (eventTimeMillis != 0) {
      size += 1 + CodedOutputStream.computeUInt64SizeNoTag(eventTimeMillis);
    }
    if (Double.doubleToRawLongBits(value) != 0) {
      size += 1 + Double.BYTES;
    }
    return size;
  }

  private static void write(byte[] channel, Measurement reading, CodedOutputStream out)
      throws IOException {
    if (channel.length > 0) {
      out.writeUInt32NoTag(CHANNEL);
      out.writeUInt32NoTag(channel.length);
      out.writeRawBytes(channel);
    }
    if (reading.eventTimeMillis() != 0) {
      out.writeUInt32NoTag(EVENT_TIME);
      out.writeUInt64NoTag(reading.eventTimeMillis());
    }
    long value = Double.doubleToRawLongBits(reading.value());
    if (value != 0) {
      out.writeUInt32NoTag(VALUE);
      out.writeFixed64NoTag(value);
    }
  }

  /** The name of each reading's channel; the same array for the same channel, most of the time. */
  private static byte[][] encoded(Measurement[] readings) {
    byte[][] encoded = new byte[readings.length][];
    int period = 0;
    for (int i = 0; i < encoded.length; i++) {
      String channel = readings[i].channel();
      // Sorted by time, then channel: the channels of one moment are those of the moment before.
      int before = period > 0 ? i - period : -1;
      if (before < 0 || !readings[before].channel().equals(channel)) {
        before = lastOf(channel, readings, i);
        period = before < 0 ? 0 : i - before;
      }
      encoded[i] = before < 0 ? channel.getBytes(StandardCharsets.UTF_8) : encoded[before];
    }
    return encoded;
  }

  private static int lastOf(String channel, Measurement[] readings, int end) {
    for (int i = end - 1; i >= Math.max(0, end - 64); i--) {
      if (readings[i].channel().equals(channel)) {
        return i;
      }
    }
    return -1;
  }

  /** Fields 1 to 5: who sent the batch. */
  static byte[] head(TelemetryBatch batch) {
    String assetId = assetId(batch);
    byte[] bytes = new byte[headSize(batch, assetId)];
    try {
      head(batch, assetId, CodedOutputStream.newInstance(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("The size of a message's head was not told right", e);
    }
    return bytes;
  }

  private static void head(TelemetryBatch batch, String assetId, CodedOutputStream out)
      throws IOException {
    text(1, batch.asset().tenant(), out);
    text(2, batch.deviceId(), out);
    text(3, assetId, out);
    text(4, batch.asset().assetClass(), out);
    text(5, batch.bootId(), out);
  }

  private static int headSize(TelemetryBatch batch, String assetId) {
    return textSize(1, batch.asset().tenant())
        + textSize(2, batch.deviceId())
        + textSize(3, assetId)
        + textSize(4, batch.asset().assetClass())
        + textSize(5, batch.bootId());
  }

  /** Empty when the device is the asset. */
  private static String assetId(TelemetryBatch batch) {
    return batch.asset().assetId().equals(batch.deviceId()) ? "" : batch.asset().assetId();
  }

  private static void text(int field, String text, CodedOutputStream out) throws IOException {
    if (!text.isEmpty()) {
      out.writeString(field, text);
    }
  }

  private static int textSize(int field, String text) {
    return text.isEmpty() ? 0 : CodedOutputStream.computeStringSize(field, text);
  }
}
