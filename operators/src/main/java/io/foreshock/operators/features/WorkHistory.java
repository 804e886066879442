package io.foreshock.operators.features;

import io.foreshock.operators.order.StableHash;
import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * When a component was last worked on, and how often the machine has started since. Events that
 * still may be joined by late ones are kept one by one; older ones as one time and one number for
 * each component.
 */
final class WorkHistory {
  private static final long NEVER = Long.MIN_VALUE;

  /** More single events than this are not kept apart: rows older than the oldest may then err. */
  private static final int MOST_SINGLE = 10_000;

  private final List<String> components;
  private final long[] hashes;

  /** Of each component: the last work among the settled events, and settled starts since then. */
  private final long[] settledWork;

  private final long[] settledStarts;

  /** Works that are not settled: time to components. */
  private final TreeMap<Long, List<Integer>> works = new TreeMap<>();

  /** Starts that are not settled: time to their number. */
  private final TreeMap<Long, Integer> starts = new TreeMap<>();

  WorkHistory(List<String> components) {
    this.components = components;
    hashes = components.stream().mapToLong(StableHash::of).toArray();
    settledWork = new long[components.size()];
    settledStarts = new long[components.size()];
  }

  void clear() {
    java.util.Arrays.fill(settledWork, NEVER);
    java.util.Arrays.fill(settledStarts, 0);
    works.clear();
    starts.clear();
  }

  /** Whether work on the component is remembered. */
  boolean isWatched(String component) {
    return components.contains(component);
  }

  void onWork(String component, long millis) {
    int place = components.indexOf(component);
    if (place >= 0) {
      List<Integer> places = works.computeIfAbsent(millis, t -> new ArrayList<>(1));
      if (!places.contains(place)) {
        places.add(place);
      }
      boundSingles();
    }
  }

  void onStart(long millis) {
    if (!components.isEmpty()) {
      starts.merge(millis, 1, Integer::sum);
      boundSingles();
    }
  }

  /** Also while nothing moves the clock: backfill does not. */
  private void boundSingles() {
    if (works.size() + starts.size() > MOST_SINGLE) {
      settle(NEVER);
    }
  }

  /** Last work on a component before a time; {@code Long.MIN_VALUE} when there was none. */
  long lastWork(int component, long beforeMillis) {
    for (var work : works.headMap(beforeMillis, false).descendingMap().entrySet()) {
      if (work.getValue().contains(component)) {
        return Math.max(work.getKey(), settledWork[component]);
      }
    }
    return settledWork[component];
  }

  /** Starts between the last work on a component and a time; a start at the work counts. */
  long startsSince(int component, long beforeMillis) {
    long work = lastWork(component, beforeMillis);
    boolean settled = work == settledWork[component];
    long since = settled ? settledStarts[component] : 0;
    for (var start : starts.headMap(beforeMillis, false).entrySet()) {
      since += start.getKey() >= work ? start.getValue() : 0;
    }
    return since;
  }

  /** No event from before a time will come any more. */
  void settle(long millis) {
    while (!works.isEmpty() || !starts.isEmpty()) {
      long work = works.isEmpty() ? Long.MAX_VALUE : works.firstKey();
      long start = starts.isEmpty() ? Long.MAX_VALUE : starts.firstKey();
      boolean many = works.size() + starts.size() > MOST_SINGLE;
      if (Math.min(work, start) >= millis && !many) {
        return;
      }
      if (work <= start) {
        for (int component : works.pollFirstEntry().getValue()) {
          if (work > settledWork[component]) {
            settledWork[component] = work;
            settledStarts[component] = 0;
          }
        }
      } else {
        int number = starts.pollFirstEntry().getValue();
        for (int i = 0; i < settledStarts.length; i++) {
          settledStarts[i] += number;
        }
      }
    }
  }

  void write(DataOutputView out) throws IOException {
    Fields.writeVarInt(hashes.length, out);
    for (int i = 0; i < hashes.length; i++) {
      out.writeLong(hashes[i]);
      out.writeLong(settledWork[i]);
      Fields.writeVarLong(settledStarts[i], out);
    }
    Fields.writeVarInt(works.values().stream().mapToInt(List::size).sum(), out);
    for (var work : works.entrySet()) {
      for (int component : work.getValue()) {
        out.writeLong(work.getKey());
        out.writeLong(hashes[component]);
      }
    }
    Fields.writeVarInt(starts.size(), out);
    for (var start : starts.entrySet()) {
      out.writeLong(start.getKey());
      Fields.writeVarInt(start.getValue(), out);
    }
  }

  /** Reads what was written; components that this build does not watch are dropped. */
  void read(DataInputView in) throws IOException {
    clear();
    int size = Fields.readVarInt(in);
    for (int i = 0; i < size; i++) {
      int place = place(in.readLong());
      long work = in.readLong();
      long since = Fields.readVarLong(in);
      if (place >= 0) {
        settledWork[place] = work;
        settledStarts[place] = since;
      }
    }
    int open = Fields.readVarInt(in);
    for (int i = 0; i < open; i++) {
      long millis = in.readLong();
      int place = place(in.readLong());
      if (place >= 0) {
        onWork(components.get(place), millis);
      }
    }
    int begun = Fields.readVarInt(in);
    for (int i = 0; i < begun; i++) {
      long millis = in.readLong();
      int number = Fields.readVarInt(in);
      if (!components.isEmpty()) {
        starts.put(millis, number);
      }
    }
  }

  private int place(long hash) {
    for (int i = 0; i < hashes.length; i++) {
      if (hashes[i] == hash) {
        return i;
      }
    }
    return -1;
  }
}
