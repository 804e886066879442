package io.foreshock.operators.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/**
 * The message ids of an asset's devices that do not number their messages: hash of device and id to
 * the ingest time of its first arrival. One read a message, one write a new message; the whole is
 * walked only by {@link #sweep}, at most four times per time to live, or when it is full.
 */
final class MessageIds {
  private final long ttlMillis;
  private final int maximum;
  private final MapState<Long, Long> seen;

  MessageIds(OrderRules rules, MapState<Long, Long> seen) {
    this.ttlMillis = rules.idTtl().toMillis();
    this.maximum = rules.maxIds();
    this.seen = seen;
  }

  /** Whether the id was not seen within the time to live; remembers it. */
  boolean isNew(AssetCursors asset, long id, long nowMillis) throws Exception {
    Long firstSeen = seen.get(id);
    if (firstSeen != null && firstSeen + ttlMillis >= nowMillis) {
      return false;
    }
    if (firstSeen == null) {
      if (asset.idCount == maximum) {
        forgetOlderHalf(asset);
      }
      if (asset.idCount++ == 0) {
        asset.idSweepMillis = nowMillis + ttlMillis + 1;
      }
    }
    seen.put(id, nowMillis);
    return true;
  }

  /** Forgets the ids whose time is over. */
  void sweep(AssetCursors asset, long nowMillis) throws Exception {
    long oldest = Long.MAX_VALUE;
    int count = 0;
    List<Long> expired = new ArrayList<>();
    for (Map.Entry<Long, Long> entry : seen.entries()) {
      if (nowMillis - ttlMillis > entry.getValue()) {
        expired.add(entry.getKey());
      } else {
        oldest = Math.min(oldest, entry.getValue());
        count++;
      }
    }
    for (Long id : expired) {
      seen.remove(id);
    }
    asset.idCount = count;
    asset.idSweepMillis =
        count == 0
            ? Long.MAX_VALUE
            : Math.max(oldest + ttlMillis + 1, nowMillis + ttlMillis / 4 + 1);
  }

  private void forgetOlderHalf(AssetCursors asset) throws Exception {
    long[] times = new long[asset.idCount];
    int size = 0;
    for (Long time : seen.values()) {
      times[size++] = time;
    }
    Arrays.sort(times, 0, size);
    long median = times[size / 2];
    List<Long> older = new ArrayList<>();
    List<Long> atMedian = new ArrayList<>();
    for (Map.Entry<Long, Long> entry : seen.entries()) {
      if (entry.getValue() < median) {
        older.add(entry.getKey());
      } else if (entry.getValue() == median) {
        atMedian.add(entry.getKey());
      }
    }
    // Many may have come at the same time. By value, so that no state backend forgets others.
    Collections.sort(atMedian);
    older.addAll(atMedian.subList(0, Math.max(1, size / 2) - older.size()));
    for (Long id : older) {
      seen.remove(id);
    }
    asset.idCount = size - older.size();
  }
}
