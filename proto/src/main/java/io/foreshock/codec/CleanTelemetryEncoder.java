package io.foreshock.codec;

import com.google.protobuf.CodedOutputStream;
import io.foreshock.model.AssetRef;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes the same bytes as {@link TelemetryCodec#encodeClean}. What a message says of its device is
 * encoded once for all messages of the device, and readings that still have the bytes they came in
 * are copied. A place holds one device, another one of the same place replaces it, so no more is
 * kept however many devices there are.
 *
 * <p>Not thread-safe. A copy that was sent elsewhere begins with nothing.
 */
public final class CleanTelemetryEncoder implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int PLACES = 1 << 13;
  private static final int SEQUENCE = 6;
  private static final int MESSAGE_ID = 7;
  private static final int DELIVERY = 14;
  private static final int APPEND_TIME = 15;

  private transient Device[] devices;

  /**
   * A device in one boot.
   *
   * @param head fields 1 to 5 of its messages
   * @param key its asset's id
   */
  private record Device(AssetRef asset, String deviceId, String bootId, byte[] head, byte[] key) {}

  /** Id of the batch's asset in UTF-8, by which its messages are keyed; not to be changed. */
  public byte[] key(TelemetryBatch batch) {
    return device(batch).key;
  }

  /**
   * The batch as a TelemetryMessage.
   *
   * @param backfill whether it lies behind what was passed on before
   */
  public byte[] encode(TelemetryBatch batch, boolean backfill) {
    if (!(batch.measurements() instanceof EncodedMeasurements readings)
        || !batch.faultCodes().isEmpty()
        || !batch.maintenanceEvents().isEmpty()
        || !batch.operatingStateChanges().isEmpty()
        || !batch.positions().isEmpty()) {
      return TelemetryCodec.encodeClean(batch, backfill);
    }
    byte[] head = device(batch).head;
    int delivery = TelemetryCodec.delivery(batch, backfill).getNumber();
    int size =
        head.length
            + (batch.sequence() == 0
                ? 0
                : CodedOutputStream.computeUInt64Size(SEQUENCE, batch.sequence()))
            + (batch.messageId().isEmpty()
                ? 0
                : CodedOutputStream.computeStringSize(MESSAGE_ID, batch.messageId()))
            + readings.length()
            + CodedOutputStream.computeEnumSize(DELIVERY, delivery)
            + (batch.appendTimeMillis() == 0
                ? 0
                : CodedOutputStream.computeInt64Size(APPEND_TIME, batch.appendTimeMillis()));
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeRawBytes(head);
      if (batch.sequence() != 0) {
        out.writeUInt64(SEQUENCE, batch.sequence());
      }
      if (!batch.messageId().isEmpty()) {
        out.writeString(MESSAGE_ID, batch.messageId());
      }
      out.writeRawBytes(readings.bytes(), readings.from(), readings.length());
      out.writeEnum(DELIVERY, delivery);
      if (batch.appendTimeMillis() != 0) {
        out.writeInt64(APPEND_TIME, batch.appendTimeMillis());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The size of a message was not told right", e);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  private Device device(TelemetryBatch batch) {
    if (devices == null) {
      devices = new Device[PLACES];
    }
    AssetRef asset = batch.asset();
    int place =
        (asset.key().hashCode() * 31 + batch.deviceId().hashCode()) * 31 + batch.bootId().hashCode()
            & PLACES - 1;
    Device device = devices[place];
    if (device == null
        || !device.asset.equals(asset)
        || !device.deviceId.equals(batch.deviceId())
        || !device.bootId.equals(batch.bootId())) {
      device =
          new Device(
              asset,
              batch.deviceId(),
              batch.bootId(),
              TelemetryWriter.head(batch),
              asset.assetId().getBytes(StandardCharsets.UTF_8));
      devices[place] = device;
    }
    return device;
  }
}
