package io.foreshock.patterns.engine;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * How many matches are open in state, for metrics. Kept by key group and written with each
 * checkpoint, so that the numbers are right at once after a restore, at any parallelism; a look at
 * every asset would be needed otherwise. Written by the task's thread, read by reporters.
 *
 * <pre>
 * format  1 byte, {@value #FORMAT}
 * counts  count, then per pattern: id, version, shape as in {@link AssetValue}; number of key groups,
 *         then per key group with open matches: its number, open matches
 * </pre>
 */
final class OpenCounts {
  static final int FORMAT = 1;

  private static final class Count {
    private static final VarHandle TOTAL;

    static {
      try {
        TOTAL = MethodHandles.lookup().findVarHandle(Count.class, "total", long.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    final int version;
    final int shape;
    final int[] byKeyGroup;

    /** Read by other threads; written without a barrier, which would wait for memory each time. */
    @SuppressWarnings("unused")
    private long total;

    Count(int version, int shape, int keyGroups) {
      this.version = version;
      this.shape = shape;
      byKeyGroup = new int[keyGroups];
    }

    /** One thread writes: no update is lost. */
    void add(int keyGroup, int change) {
      // Never below none: a savepoint of an earlier release held no counts.
      int now = Math.max(0, byKeyGroup[keyGroup] + change);
      TOTAL.setOpaque(this, total() + now - byKeyGroup[keyGroup]);
      byKeyGroup[keyGroup] = now;
    }

    long total() {
      return (long) TOTAL.getOpaque(this);
    }
  }

  private final int maxParallelism;
  private final KeyGroupRange own;
  private final Map<Long, Count[]> byPattern = new ConcurrentHashMap<>();

  /** What was counted last, and of which pattern. */
  private Count last;

  private long lastPattern;

  OpenCounts(int maxParallelism, int parallelism, int subtask) {
    this.maxParallelism = maxParallelism;
    own =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            maxParallelism, parallelism, subtask);
  }

  /** Open matches of an asset have become more, or less. */
  void add(long patternId, int version, int shape, String key, int change) {
    count(patternId, version, shape)
        .add(KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism), change);
  }

  /** Open matches that go on under the pattern, those of older versions that it adopts included. */
  long open(PatternTable table, PatternRuntime pattern) {
    long open = 0;
    for (Count count : byPattern.getOrDefault(pattern.id(), new Count[0])) {
      if (count.total() > 0 && table.resolve(pattern.id(), count.version, count.shape) == pattern) {
        open += count.total();
      }
    }
    return open;
  }

  private Count count(long patternId, int version, int shape) {
    if (last == null
        || lastPattern != patternId
        || last.version != version
        || last.shape != shape) {
      last = find(patternId, version, shape);
      lastPattern = patternId;
    }
    return last;
  }

  private Count find(long patternId, int version, int shape) {
    Count[] known = byPattern.computeIfAbsent(patternId, id -> new Count[0]);
    for (Count count : known) {
      if (count.version == version && count.shape == shape) {
        return count;
      }
    }
    Count[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = new Count(version, shape, maxParallelism);
    byPattern.put(patternId, more);
    return more[known.length];
  }

  /** Versions and shapes that are counted. */
  int versions() {
    return byPattern.values().stream().mapToInt(counts -> counts.length).sum();
  }

  /** Writes what is open, and forgets versions of which nothing is. */
  byte[] toBytes() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    out.writeByte(FORMAT);
    forgetEmpty();
    Fields.writeVarInt(versions(), out);
    for (Map.Entry<Long, Count[]> entry : byPattern.entrySet()) {
      for (Count count : entry.getValue()) {
        out.writeLong(entry.getKey());
        write(count, out);
      }
    }
    return out.getCopyOfBuffer();
  }

  /** Versions come and go while the task lives. */
  private void forgetEmpty() {
    last = null;
    for (Map.Entry<Long, Count[]> entry : byPattern.entrySet()) {
      Count[] open =
          Arrays.stream(entry.getValue()).filter(count -> count.total() > 0).toArray(Count[]::new);
      if (open.length == 0) {
        byPattern.remove(entry.getKey());
      } else if (open.length < entry.getValue().length) {
        byPattern.put(entry.getKey(), open);
      }
    }
  }

  private static void write(Count count, DataOutputSerializer out) throws IOException {
    Fields.writeVarInt(count.version, out);
    out.writeInt(count.shape);
    int keyGroups = 0;
    for (int open : count.byKeyGroup) {
      keyGroups += open > 0 ? 1 : 0;
    }
    Fields.writeVarInt(keyGroups, out);
    for (int keyGroup = 0; keyGroup < count.byKeyGroup.length; keyGroup++) {
      if (count.byKeyGroup[keyGroup] > 0) {
        Fields.writeVarInt(keyGroup, out);
        Fields.writeVarInt(count.byKeyGroup[keyGroup], out);
      }
    }
  }

  /** Takes what some task wrote; only what belongs to the key groups of this one counts. */
  void add(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int format = in.readUnsignedByte();
    if (format != FORMAT) {
      throw new IOException(
          "Counts of open matches have format "
              + format
              + ", but this release reads format "
              + FORMAT
              + ". Deploy the release that wrote them, or restore an older savepoint.");
    }
    for (int counts = Fields.readVarInt(in); counts > 0; counts--) {
      long id = in.readLong();
      int version = Fields.readVarInt(in);
      int shape = in.readInt();
      for (int keyGroups = Fields.readVarInt(in); keyGroups > 0; keyGroups--) {
        int keyGroup = Fields.readVarInt(in);
        int open = Fields.readVarInt(in);
        if (own.contains(keyGroup)) {
          count(id, version, shape).add(keyGroup, open);
        }
      }
    }
  }
}
