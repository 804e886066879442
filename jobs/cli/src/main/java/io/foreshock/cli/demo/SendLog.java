package io.foreshock.cli.demo;

import io.foreshock.model.TelemetryBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When what was sent, by the wall clock: tells from which moment on a detection was possible.
 *
 * <p>Messages of an asset cover event time in the order of their numbers. The job can read event
 * time t of an asset when the message that holds t and all messages before it have been sent, so
 * that is the moment from which latency counts; a repeat changes nothing. Thread-safe.
 */
final class SendLog {
  /** More messages than an asset ever holds back: an outage of three hours has 36. */
  private static final int LOOK_BACK = 64;

  private final Map<String, NavigableMap<Long, Long>> sentNanos = new HashMap<>();

  /**
   * @param nanos {@link System#nanoTime} just before the message was given to the client
   */
  synchronized void sent(TelemetryBatch batch, long nanos) {
    sentNanos
        .computeIfAbsent(batch.asset().key(), key -> new TreeMap<>())
        .putIfAbsent(batch.newestEventTimeMillis(), nanos);
  }

  /**
   * The moment from which an asset's event time was readable; -1 when nothing was sent that holds
   * it.
   */
  synchronized long readableNanos(String assetKey, long eventTimeMillis) {
    NavigableMap<Long, Long> ofAsset = sentNanos.get(assetKey);
    Long holder = ofAsset == null ? null : ofAsset.ceilingKey(eventTimeMillis);
    if (holder == null) {
      return -1;
    }
    long latest = Long.MIN_VALUE;
    int seen = 0;
    for (long nanos : ofAsset.headMap(holder, true).descendingMap().values()) {
      latest = Math.max(latest, nanos);
      if (++seen == LOOK_BACK) {
        break;
      }
    }
    return latest;
  }
}
