package io.foreshock.model;

import io.foreshock.state.SignalSerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Something a pattern can see: one event of one asset.
 *
 * @param asset machine concerned
 * @param kind what kind of event it is; decides what the other fields mean
 * @param name the detector's id for a symptom, the code for a fault code, the component for
 *     maintenance, the state in lower case for an operating state, the channel for a reading
 * @param channel channel it came from; empty when it came from none
 * @param component part that a fault code blames or that was maintained; empty otherwise
 * @param attribute severity of a fault code or kind of maintenance, in lower case; what a symptom's
 *     detector says beside its numbers ({@link RemainingLife}); empty otherwise
 * @param eventTimeMillis asset's own time of the event
 * @param value value of the channel, in its unit; NaN when there is none
 * @param limit what the detector compared with, in the unit of the score; NaN when there is none
 * @param score the detector's statistic; NaN when there is none
 * @param backlog true when it was older than {@code live.max-age} on arrival
 */
@TypeInfo(SignalSerializer.Factory.class)
public record Signal(
    AssetRef asset,
    SignalKind kind,
    String name,
    String channel,
    String component,
    String attribute,
    long eventTimeMillis,
    double value,
    double limit,
    double score,
    boolean backlog) {

  /**
   * A symptom that began ({@link SignalKind#SYMPTOM}) or ended ({@link
   * SignalKind#SYMPTOM_CLEARED}).
   */
  public static Signal symptom(
      AssetRef asset,
      boolean onset,
      String detectorId,
      String channel,
      long eventTimeMillis,
      double value,
      double limit,
      double score,
      boolean backlog) {
    return symptom(
        asset, onset, detectorId, channel, eventTimeMillis, value, limit, score, "", backlog);
  }

  /** A symptom whose detector has more to say than numbers. */
  public static Signal symptom(
      AssetRef asset,
      boolean onset,
      String detectorId,
      String channel,
      long eventTimeMillis,
      double value,
      double limit,
      double score,
      String detail,
      boolean backlog) {
    return new Signal(
        asset,
        onset ? SignalKind.SYMPTOM : SignalKind.SYMPTOM_CLEARED,
        detectorId,
        channel,
        "",
        detail,
        eventTimeMillis,
        value,
        limit,
        score,
        backlog);
  }

  /** A code of the controller. */
  public static Signal faultCode(AssetRef asset, FaultCode fault, boolean backlog) {
    return new Signal(
        asset,
        SignalKind.FAULT_CODE,
        fault.code(),
        "",
        fault.component(),
        fault.severity().name().toLowerCase(java.util.Locale.ROOT),
        fault.eventTimeMillis(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        backlog);
  }

  /** Work done on a component. */
  public static Signal maintenance(AssetRef asset, MaintenanceEvent event, boolean backlog) {
    return new Signal(
        asset,
        SignalKind.MAINTENANCE,
        event.component(),
        "",
        event.component(),
        event.kind().name().toLowerCase(java.util.Locale.ROOT),
        event.eventTimeMillis(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        backlog);
  }

  /** A change of the operating state. */
  public static Signal operatingState(
      AssetRef asset, OperatingStateChange change, boolean backlog) {
    return new Signal(
        asset,
        SignalKind.OPERATING_STATE,
        change.state().name().toLowerCase(java.util.Locale.ROOT),
        "",
        "",
        "",
        change.eventTimeMillis(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        backlog);
  }

  /** A reading that a pattern asked for. */
  public static Signal reading(AssetRef asset, Measurement reading, boolean backlog) {
    return new Signal(
        asset,
        SignalKind.READING,
        reading.channel(),
        reading.channel(),
        "",
        "",
        reading.eventTimeMillis(),
        reading.value(),
        Double.NaN,
        Double.NaN,
        backlog);
  }
}
