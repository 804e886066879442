package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A batch whose older items lie behind a bound, cut in two. Both parts keep the identity of the
 * message.
 *
 * @param behind items before the bound
 * @param rest all others; may be empty
 */
record BatchSplit(TelemetryBatch behind, TelemetryBatch rest) {

  /** Items at the bound belong to the rest. */
  static BatchSplit at(TelemetryBatch batch, long boundMillis) {
    return new BatchSplit(part(batch, boundMillis, true), part(batch, boundMillis, false));
  }

  private static TelemetryBatch part(TelemetryBatch batch, long bound, boolean behind) {
    return new TelemetryBatch(
        batch.asset(),
        batch.deviceId(),
        batch.bootId(),
        batch.sequence(),
        batch.messageId(),
        batch.appendTimeMillis(),
        batch.backlog(),
        part(batch.measurements(), item -> item.eventTimeMillis(), bound, behind),
        part(batch.faultCodes(), item -> item.eventTimeMillis(), bound, behind),
        part(batch.maintenanceEvents(), item -> item.eventTimeMillis(), bound, behind),
        part(batch.operatingStateChanges(), item -> item.eventTimeMillis(), bound, behind),
        part(batch.positions(), item -> item.eventTimeMillis(), bound, behind));
  }

  /** Lists are in order of event time: the older part is a prefix. */
  private static <T> List<T> part(
      List<T> items, ToLongFunction<T> eventTime, long bound, boolean behind) {
    int cut = 0;
    while (cut < items.size() && eventTime.applyAsLong(items.get(cut)) < bound) {
      cut++;
    }
    List<T> part = behind ? items.subList(0, cut) : items.subList(cut, items.size());
    return part.size() == items.size() ? items : List.copyOf(new ArrayList<>(part));
  }
}
