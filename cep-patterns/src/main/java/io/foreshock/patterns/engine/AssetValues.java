package io.foreshock.patterns.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.metrics.Counter;

/**
 * The values of the assets: in Flink's state, and in front of it in memory for the assets that were
 * heard of last. What is in memory is bytes and nothing else. Changes reach the state when an asset
 * makes room for another, and all of them before each checkpoint.
 *
 * <p>Memory needs somebody who can change the current key ({@link #remember}); without, each value
 * is read and written at once.
 */
final class AssetValues {

  /** Changes the key that Flink's state belongs to. */
  interface Keys {
    void use(String key);
  }

  /** What an entry takes in memory beside its value, about. */
  private static final int OVERHEAD = 160;

  private static final class Entry {
    private final String key;
    private byte[] value;

    /** Timer that was registered; it may be known although nothing is open. */
    private long timer = Long.MAX_VALUE;

    private boolean changed;

    /** Neighbours among the changed ones. */
    private Entry before;

    private Entry after;

    Entry(String key) {
      this.key = key;
    }
  }

  private final ValueState<byte[]> state;
  private long maxBytes;
  private final Counter bytesRead;
  private final Counter bytesWritten;
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(256, 0.75f, true);
  private final Entry alone = new Entry("");
  private long bytes;

  /** First of the entries that the state does not hold as they are; null for none. */
  private Entry firstChanged;

  private Keys keys;
  private Entry entry;

  AssetValues(ValueState<byte[]> state, Counter bytesRead, Counter bytesWritten) {
    this.state = state;
    this.bytesRead = bytesRead;
    this.bytesWritten = bytesWritten;
  }

  /** Keeps values in memory from now on. Then {@link #flush} must be called before checkpoints. */
  void remember(Keys toChange, long atMostBytes) {
    keys = toChange;
    maxBytes = atMostBytes;
  }

  /**
   * Turns to an asset.
   *
   * @param key its key, which is the current one
   */
  void turnTo(String key) throws Exception {
    if (keys == null) {
      entry = alone;
      entry.value = read();
      entry.timer = Long.MAX_VALUE;
      return;
    }
    entry = entries.get(key);
    if (entry == null) {
      makeRoom(key);
      entry = new Entry(key);
      entry.value = read();
      entries.put(key, entry);
      bytes += size(key, entry.value);
    }
  }

  private byte[] read() throws Exception {
    byte[] value = state.value();
    if (value != null) {
      bytesRead.inc(value.length);
    }
    return value;
  }

  /** Value of the asset; null when nothing is open. Must not be changed. */
  byte[] value() {
    return entry.value;
  }

  /** Timer of the asset, as far as it is known without a value; {@code Long.MAX_VALUE} if not. */
  long timer() {
    return entry.timer;
  }

  /**
   * @param value the asset's new value; null when nothing is open
   * @param timer its timer; {@code Long.MAX_VALUE} for none
   */
  void store(String key, byte[] value, long timer) throws Exception {
    byte[] before = entry.value;
    entry.timer = timer;
    if (value == before) {
      return;
    }
    if (keys == null) {
      write(value);
      alone.value = null;
      return;
    }
    entry.value = value;
    markChanged();
    bytes += size(key, value) - size(key, before);
    makeRoom(key);
  }

  private void write(byte[] value) throws Exception {
    if (value == null) {
      state.clear();
    } else {
      state.update(value);
      bytesWritten.inc(value.length);
    }
  }

  /** Takes the assets out that were heard of longest ago, but for the current one. */
  private void makeRoom(String current) throws Exception {
    if (bytes < maxBytes) {
      return;
    }
    Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
    while (bytes > maxBytes - maxBytes / 16 && oldest.hasNext()) {
      Map.Entry<String, Entry> next = oldest.next();
      if (next.getValue() == entry) {
        break;
      }
      write(next.getValue());
      bytes -= size(next.getKey(), next.getValue().value);
      oldest.remove();
    }
    keys.use(current);
  }

  private void markChanged() {
    if (entry.changed) {
      return;
    }
    entry.changed = true;
    entry.after = firstChanged;
    if (firstChanged != null) {
      firstChanged.before = entry;
    }
    firstChanged = entry;
  }

  private void write(Entry changed) throws Exception {
    if (!changed.changed) {
      return;
    }
    changed.changed = false;
    if (changed.before == null) {
      firstChanged = changed.after;
    } else {
      changed.before.after = changed.after;
    }
    if (changed.after != null) {
      changed.after.before = changed.before;
    }
    changed.before = null;
    changed.after = null;
    keys.use(changed.key);
    write(changed.value);
  }

  /** Brings the state up to date; the current key is another one afterwards. */
  void flush() throws Exception {
    while (firstChanged != null) {
      write(firstChanged);
    }
  }

  private static int size(String key, byte[] value) {
    return OVERHEAD + 2 * key.length() + (value == null ? 0 : value.length);
  }
}
