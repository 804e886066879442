package io.foreshock.backtest.data;

import io.foreshock.backtest.run.RecordFile;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what was recorded into the messages that the machines would have sent, through the real
 * codec: each asset is a device that numbers its messages from 0.
 *
 * <p>Memory: one counter per asset.
 */
public final class Messages {
  private final String tenant;
  private final String assetClass;
  private final RecordFile.Target target;
  private final Map<String, Device> devices = new HashMap<>();
  private long written;

  private static final class Device {
    final AssetRef asset;
    final byte[] key;
    long next;

    Device(AssetRef asset) {
      this.asset = asset;
      this.key = asset.assetId().getBytes(StandardCharsets.UTF_8);
    }
  }

  /**
   * @param tenant owner of the recording, e.g. {@code azure}
   * @param assetClass class of every asset; patterns apply to classes
   * @param target takes the records
   */
  public Messages(String tenant, String assetClass, RecordFile.Target target) {
    this.tenant = tenant;
    this.assetClass = assetClass;
    this.target = target;
  }

  /** States the class of one asset, if it has its own; before its first message. */
  public void describe(String assetId, String ownClass) {
    devices.putIfAbsent(assetId, new Device(new AssetRef(tenant, assetId, ownClass)));
  }

  /** A message of readings alone. */
  public void send(String assetId, long millis, List<Measurement> readings) throws IOException {
    send(assetId, millis, readings, List.of(), List.of());
  }

  /**
   * One message.
   *
   * @param millis when the broker appends it; not before the previous message's of any asset
   * @param readings in order of event time, then channel; event times may lie before {@code millis}
   * @param codes in order of event time
   * @param maintenance in order of event time
   */
  public void send(
      String assetId,
      long millis,
      List<Measurement> readings,
      List<FaultCode> codes,
      List<MaintenanceEvent> maintenance)
      throws IOException {
    send(assetId, millis, readings, codes, maintenance, List.of());
  }

  /** One message, with states that the machine entered, in order of event time. */
  public void send(
      String assetId,
      long millis,
      List<Measurement> readings,
      List<FaultCode> codes,
      List<MaintenanceEvent> maintenance,
      List<OperatingStateChange> states)
      throws IOException {
    Device device =
        devices.computeIfAbsent(assetId, id -> new Device(new AssetRef(tenant, id, assetClass)));
    TelemetryBatch batch =
        new TelemetryBatch(
            device.asset,
            assetId,
            "recording",
            device.next++,
            "",
            millis,
            false,
            readings,
            codes,
            maintenance,
            states,
            List.of());
    target.write(
        new RawRecord(
            tenant,
            tenant + ".telemetry.raw",
            0,
            written++,
            millis,
            device.key,
            TelemetryCodec.encode(batch)));
  }

  /** Number of messages so far. */
  public long written() {
    return written;
  }
}
