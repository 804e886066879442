package io.foreshock.model;

import io.foreshock.state.TelemetryBatchSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What one device measured and noticed, from one message that passed every check.
 *
 * @param asset machine the batch belongs to
 * @param deviceId device that sent it
 * @param bootId run of the device's counter; empty when the device has none
 * @param sequence number of the message within its boot, from 0; 0 when the device has no counter
 * @param messageId identity of the message; empty when it is told apart by boot and sequence
 * @param appendTimeMillis when the broker appended the record: the ingest clock
 * @param backlog true when the newest reading was older than {@code live.max-age} on arrival
 * @param measurements readings, in order of event time, then channel
 * @param faultCodes codes of the controller, in order of event time
 * @param maintenanceEvents work done, in order of event time
 * @param operatingStateChanges states entered, in order of event time
 * @param positions positions, in order of event time
 */
@TypeInfo(TelemetryBatchSerializer.Factory.class)
public record TelemetryBatch(
    AssetRef asset,
    String deviceId,
    String bootId,
    long sequence,
    String messageId,
    long appendTimeMillis,
    boolean backlog,
    List<Measurement> measurements,
    List<FaultCode> faultCodes,
    List<MaintenanceEvent> maintenanceEvents,
    List<OperatingStateChange> operatingStateChanges,
    List<Position> positions) {

  /** True when the device numbers its messages. */
  public boolean isSequenced() {
    return !bootId.isEmpty();
  }

  /** Event time of the oldest content; {@code Long.MAX_VALUE} for a heartbeat. */
  public long oldestEventTimeMillis() {
    long oldest = Long.MAX_VALUE;
    if (!measurements.isEmpty()) {
      oldest =
          measurements instanceof TimedItems items
              ? items.oldestEventTimeMillis()
              : measurements.get(0).eventTimeMillis();
    }
    if (!faultCodes.isEmpty()) {
      oldest = Math.min(oldest, faultCodes.get(0).eventTimeMillis());
    }
    if (!maintenanceEvents.isEmpty()) {
      oldest = Math.min(oldest, maintenanceEvents.get(0).eventTimeMillis());
    }
    if (!operatingStateChanges.isEmpty()) {
      oldest = Math.min(oldest, operatingStateChanges.get(0).eventTimeMillis());
    }
    if (!positions.isEmpty()) {
      oldest = Math.min(oldest, positions.get(0).eventTimeMillis());
    }
    return oldest;
  }

  /** Event time of the newest content; {@code Long.MIN_VALUE} for a heartbeat. */
  public long newestEventTimeMillis() {
    long newest = Long.MIN_VALUE;
    if (!measurements.isEmpty()) {
      newest =
          measurements instanceof TimedItems items
              ? items.newestEventTimeMillis()
              : measurements.get(measurements.size() - 1).eventTimeMillis();
    }
    if (!faultCodes.isEmpty()) {
      newest = Math.max(newest, faultCodes.get(faultCodes.size() - 1).eventTimeMillis());
    }
    if (!maintenanceEvents.isEmpty()) {
      newest =
          Math.max(newest, maintenanceEvents.get(maintenanceEvents.size() - 1).eventTimeMillis());
    }
    if (!operatingStateChanges.isEmpty()) {
      newest =
          Math.max(
              newest,
              operatingStateChanges.get(operatingStateChanges.size() - 1).eventTimeMillis());
    }
    if (!positions.isEmpty()) {
      newest = Math.max(newest, positions.get(positions.size() - 1).eventTimeMillis());
    }
    return newest;
  }
}
