package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.telemetry.v1.Delivery;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.util.List;

/**
 * {@code TelemetryMessage} bytes to {@link TelemetryBatch} and back.
 *
 * <p>Nothing is checked here: {@link TelemetryRules} does that, item by item checks are the decode
 * operator's, which also computes what becomes of waveforms: a batch holds none. Lists come out in
 * order of event time (measurements: then channel); items of equal time keep the order of the
 * message.
 */
public final class TelemetryCodec {

  private TelemetryCodec() {}

  /**
   * @throws InvalidProtocolBufferException when the bytes are no TelemetryMessage; fields that this
   *     version does not know are kept, not refused
   */
  public static TelemetryMessage parse(byte[] bytes) throws InvalidProtocolBufferException {
    return TelemetryMessage.parseFrom(bytes);
  }

  /**
   * A message that passed {@link TelemetryRules}, as the domain sees it.
   *
   * @param tenant tenant by the topic's name
   * @param appendTimeMillis when the broker appended the record
   * @param backlog whether it was older than {@code live.max-age} on arrival
   */
  public static TelemetryBatch toBatch(
      TelemetryMessage message, String tenant, long appendTimeMillis, boolean backlog) {
    return new TelemetryBatch(
        asset(message, tenant),
        message.getDeviceId(),
        message.getBootId(),
        message.getSequence(),
        message.getMessageId(),
        appendTimeMillis,
        backlog,
        TelemetryItems.measurements(message.getMeasurementsList()),
        TelemetryItems.faultCodes(message.getFaultCodesList()),
        TelemetryItems.maintenanceEvents(message.getMaintenanceEventsList()),
        TelemetryItems.operatingStateChanges(message.getOperatingStateChangesList()),
        TelemetryItems.positions(message.getPositionsList()));
  }

  /**
   * The batch with more readings, in order.
   *
   * @param more in any order
   */
  public static TelemetryBatch withMore(List<Measurement> more, TelemetryBatch batch) {
    return new TelemetryBatch(
        batch.asset(),
        batch.deviceId(),
        batch.bootId(),
        batch.sequence(),
        batch.messageId(),
        batch.appendTimeMillis(),
        batch.backlog(),
        TelemetryItems.merged(batch.measurements(), more),
        batch.faultCodes(),
        batch.maintenanceEvents(),
        batch.operatingStateChanges(),
        batch.positions());
  }

  /** The machine a message belongs to: by default the device itself. */
  public static AssetRef asset(TelemetryMessage message, String tenant) {
    String assetId = message.getAssetId();
    return new AssetRef(
        tenant, assetId.isEmpty() ? message.getDeviceId() : assetId, message.getAssetClass());
  }

  /** The bytes a device would send. Append time and backlog mark are not part of a message. */
  public static byte[] encode(TelemetryBatch batch) {
    return new TelemetryWriter(batch, 0, 0).toBytes();
  }

  /**
   * The bytes that ingest passes on: a device's message with append time and delivery.
   *
   * @param backfill whether the batch lies behind what was passed on before
   */
  public static byte[] encodeClean(TelemetryBatch batch, boolean backfill) {
    return new TelemetryWriter(
            batch, delivery(batch, backfill).getNumber(), batch.appendTimeMillis())
        .toBytes();
  }

  static Delivery delivery(TelemetryBatch batch, boolean backfill) {
    if (backfill) {
      return Delivery.DELIVERY_BACKFILL;
    }
    return batch.backlog() ? Delivery.DELIVERY_BACKLOG : Delivery.DELIVERY_LIVE;
  }

  /**
   * A message that ingest passed on, as the domain sees it. What is not live is marked backlog.
   *
   * @param tenant tenant by the topic's name
   * @throws InvalidProtocolBufferException when the bytes are no TelemetryMessage
   * @throws IllegalArgumentException when the message was not passed on by ingest
   */
  public static TelemetryBatch parseClean(byte[] bytes, String tenant)
      throws InvalidProtocolBufferException {
    TelemetryMessage message = parse(bytes);
    boolean backlog =
        switch (message.getDelivery()) {
          case DELIVERY_LIVE -> false;
          case DELIVERY_BACKLOG, DELIVERY_BACKFILL -> true;
          case DELIVERY_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException(
                  "A message of device \""
                      + message.getDeviceId()
                      + "\" states no delivery: it was not passed on by ingest. Read clean topics only.");
        };
    return toBatch(message, tenant, message.getAppendTimeEpochMillis(), backlog);
  }

  /** The message a device would send. It names its tenant. */
  public static TelemetryMessage toMessage(TelemetryBatch batch) {
    TelemetryMessage.Builder message =
        TelemetryMessage.newBuilder()
            .setTenant(batch.asset().tenant())
            .setDeviceId(batch.deviceId())
            .setAssetClass(batch.asset().assetClass())
            .setBootId(batch.bootId())
            .setSequence(batch.sequence())
            .setMessageId(batch.messageId());
    if (!batch.asset().assetId().equals(batch.deviceId())) {
      message.setAssetId(batch.asset().assetId());
    }
    batch.measurements().forEach(item -> message.addMeasurements(TelemetryItems.toWire(item)));
    batch.faultCodes().forEach(item -> message.addFaultCodes(TelemetryItems.toWire(item)));
    batch
        .maintenanceEvents()
        .forEach(item -> message.addMaintenanceEvents(TelemetryItems.toWire(item)));
    batch
        .operatingStateChanges()
        .forEach(item -> message.addOperatingStateChanges(TelemetryItems.toWire(item)));
    batch.positions().forEach(item -> message.addPositions(TelemetryItems.toWire(item)));
    return message.build();
  }
}
