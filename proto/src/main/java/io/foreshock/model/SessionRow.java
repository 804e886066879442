package io.foreshock.model;

import io.foreshock.state.SessionRowSerializer;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What is known about one stretch of operation of an asset, or that a stretch which was told before
 * is none of its own.
 *
 * <p>A row replaces the row of the same {@link #key()} with a lower revision. A row with {@code
 * deleted} takes its key back: the session was merged into another one.
 *
 * @param asset machine or vehicle
 * @param kind what the stretch is
 * @param startMillis event time of the first reading that shows it running; for a day its midnight
 * @param endMillis event time of the last such reading; for a day the next midnight
 * @param revision from 1; a merged session goes on from the highest of its parts
 * @param deleted true when the key no longer exists; everything behind this is then as of no value
 * @param sessionStartMillis start of the session that it is part of: its own for a session
 * @param closedBy why it was told now
 * @param computedAtMillis ingest clock when it was told
 * @param backlog whether what led to this row was not live
 * @param approximate readings came between others that had been summed up before, so that integrals
 *     (energy, fuel, distance) may be off; counts, means and maxima are right
 * @param supersedes starts of the sessions that were merged into this one since the revision before
 * @param figures what was measured in it
 */
@TypeInfo(SessionRowSerializer.Factory.class)
public record SessionRow(
    AssetRef asset,
    Kind kind,
    long startMillis,
    long endMillis,
    int revision,
    boolean deleted,
    long sessionStartMillis,
    ClosedBy closedBy,
    long computedAtMillis,
    boolean backlog,
    boolean approximate,
    List<Long> supersedes,
    SessionFigures figures) {

  /** What a stretch is. Order and names are part of the state format. */
  public enum Kind {
    /** A machine ran, from start to stop. */
    OPERATION,
    /** A vehicle drove, from departure to arrival. */
    TRIP,
    /** A part of a session in which the vehicle did not move for long. */
    IDLING,
    /** All sessions that began on one day. */
    DAY
  }

  /** Why a row was told. Order and names are part of the state format. */
  public enum ClosedBy {
    /** The asset went on without running for longer than the gap, on its own clock. */
    ASSET_CLOCK,
    /** Nothing came from the asset for long, on the ingest clock; it may go on. */
    SILENCE,
    /** Late readings began, extended or merged what had been told, or its time was over. */
    CORRECTION
  }

  public SessionRow {
    supersedes = List.copyOf(supersedes);
  }

  /**
   * Key within the tenant: {@code <asset id>/<kind>/<start>}, start in milliseconds since 1970. An
   * asset id holds no slash.
   */
  public String key() {
    return key(kind, startMillis);
  }

  /** Key of the session that it is part of; its own for a session and a day. */
  public String sessionKey() {
    return kind == Kind.IDLING ? key(Kind.TRIP, sessionStartMillis) : key();
  }

  /** Key of another row of the same asset. */
  public String key(Kind kind, long startMillis) {
    return asset.assetId() + '/' + kind.name().toLowerCase(Locale.ROOT) + '/' + startMillis;
  }
}
