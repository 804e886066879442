package io.foreshock.savepoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;

/** Reads every state of a snapshot once, and counts. */
public final class SnapshotContents {
  private final ClassLoader classes;
  private final Path temporary;

  /**
   * What an operator holds.
   *
   * @param keys distinct keys of all its states
   * @param states figures of each state
   */
  public record OperatorFigures(StoredOperator operator, long keys, List<StateFigures> states) {

    /** Event times of all states. */
    public Readable.EventTimes times() {
      Readable.EventTimes all = new Readable.EventTimes();
      states.forEach(state -> all.add(state.times()));
      return all;
    }
  }

  /** Takes single values while all are counted. */
  @FunctionalInterface
  public interface ValueTaker {
    /**
     * @param key key of the stream, or of an entry of a broadcast state; null for a list's element
     */
    void take(StoredState state, Object key, Object value) throws IOException;
  }

  /**
   * @param classes knows the serializers of the job, and how its bytes are read
   * @param temporary folder for the files of RocksDB; only used for its checkpoints
   */
  public SnapshotContents(ClassLoader classes, Path temporary) {
    this.classes = classes;
    this.temporary = temporary;
  }

  /**
   * Counts keys, entries, bytes and event times of an operator.
   *
   * @throws SnapshotException when a part cannot be read
   */
  public OperatorFigures count(StoredOperator operator) {
    return count(operator, (state, key, value) -> {});
  }

  /** The same, and hands every value over. */
  public OperatorFigures count(StoredOperator operator, ValueTaker values) {
    Readable readable = new Readable(classes);
    Map<String, StateFigures> figures = new LinkedHashMap<>();
    operator.states().forEach(state -> figures.put(id(state), new StateFigures(state)));
    Counter counter = new Counter(figures, readable, values);
    new KeyedEntries(operator, temporary)
        .read(KeyGroupRange.of(0, operator.maxParallelism() - 1), counter::take);
    OperatorEntries.read(
        operator,
        (state, key, value) -> {
          StateFigures of = figures.get(id(state));
          of.entry(0, value instanceof byte[] bytes && bytes.length > 0 ? bytes[0] & 0xFF : 0);
          counter.value(of, key, value);
        });
    return new OperatorFigures(operator, counter.allKeys(), List.copyOf(figures.values()));
  }

  private static String id(StoredState state) {
    return state.kind() + " " + state.name();
  }

  /** Entries come by key group and by state within it, those of a key one after the other. */
  private static final class Counter {
    private final Map<String, StateFigures> figures;
    private final Readable readable;
    private final ValueTaker values;
    private final Set<Object> keysOfGroup = new HashSet<>();
    private long keys;
    private int keyGroup = -1;
    private StateFigures current;
    private Object lastKey;

    Counter(Map<String, StateFigures> figures, Readable readable, ValueTaker values) {
      this.figures = figures;
      this.readable = readable;
      this.values = values;
    }

    void take(int group, StateMetaInfoSnapshot meta, byte[] key, byte[] value) throws IOException {
      StateFigures of = figures.get(meta.getBackendStateType() + " " + meta.getName());
      if (group != keyGroup) {
        keys += keysOfGroup.size();
        keysOfGroup.clear();
        keyGroup = group;
        lastKey = null;
      }
      if (of != current) {
        current = of;
        lastKey = null;
      }
      StoredState state = of.state();
      of.entry((long) key.length + value.length, state.isTimer() ? 0 : state.format(value));
      Object read = state.readKey(key).key();
      if (!read.equals(lastKey)) {
        // Timers are in the order of time: their keys are counted as often as they come.
        of.key();
        lastKey = read;
        keysOfGroup.add(read);
      }
      if (!state.isTimer()) {
        value(of, read, value);
      }
    }

    private void value(StateFigures of, Object key, byte[] bytes) {
      try {
        value(of, key, of.state().readValue(bytes));
      } catch (IOException | RuntimeException e) {
        of.unreadable(Snapshot.firstLine(e));
      }
    }

    void value(StateFigures of, Object key, Object value) throws IOException {
      values.take(of.state(), key, value);
      if (readable.knows(of.state(), value)) {
        try {
          readable.times(of.state(), value, of.mutableTimes());
        } catch (IOException | RuntimeException e) {
          of.unreadable(Snapshot.firstLine(e));
        }
      }
    }

    long allKeys() {
      return keys + keysOfGroup.size();
    }
  }
}
