package io.foreshock.operators.order;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;

/**
 * The cursors of the assets: in Flink's state, and in front of it in memory for the assets that
 * were heard of last. Changes reach the state when an asset makes room for others, and all of them
 * before each checkpoint.
 *
 * <p>Memory needs somebody who can change the current key ({@link #remember}); without, cursors are
 * read and written at once.
 *
 * <p>State and memory never share an object. A state backend on the heap hands out and keeps the
 * objects themselves, and a running checkpoint may still read them.
 */
final class CursorMemory {

  /** Changes the key that Flink's state belongs to. */
  interface Keys {
    void use(String key);
  }

  /** What an entry takes in memory beside its cursors, about: entry, place in the map, key. */
  private static final int OVERHEAD = 170;

  private static final class Entry {
    private AssetCursors cursors;
    private long bytes;
    private boolean changed;
  }

  private final ValueState<AssetCursors> state;
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(256, 0.75f, true);
  private Keys keys;
  private long maxBytes;
  private long bytes;

  CursorMemory(ValueState<AssetCursors> state) {
    this.state = state;
  }

  /**
   * Keeps cursors in memory from now on. Then {@link #flush} must be called before checkpoints.
   *
   * @param atMostBytes what they may take, about
   */
  void remember(Keys toChange, long atMostBytes) {
    keys = toChange;
    maxBytes = atMostBytes;
  }

  /**
   * Cursors of an asset, to be changed in place and handed to {@link #put} afterwards; null when
   * nothing is known.
   *
   * @param key the asset's key, which is the current one
   */
  AssetCursors get(String key) throws Exception {
    if (keys == null) {
      return state.value();
    }
    Entry entry = entries.get(key);
    if (entry != null) {
      return entry.cursors;
    }
    AssetCursors stored = state.value();
    return stored == null ? null : enter(key, stored.copy()).cursors;
  }

  /**
   * @param key the asset's key, which is the current one
   * @param cursors what {@link #get} returned, or new ones when it returned null
   */
  void put(String key, AssetCursors cursors) throws Exception {
    if (keys == null) {
      state.update(cursors);
      return;
    }
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = enter(key, cursors);
    }
    entry.changed = true;
    long now = size(key, cursors);
    bytes += now - entry.bytes;
    entry.bytes = now;
  }

  /**
   * Forgets an asset.
   *
   * @param key its key, which is the current one
   */
  void clear(String key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      bytes -= entry.bytes;
    }
    state.clear();
  }

  /** Brings the state up to date; the current key is another one afterwards. */
  void flush() throws Exception {
    for (Map.Entry<String, Entry> next : entries.entrySet()) {
      Entry entry = next.getValue();
      if (entry.changed) {
        entry.changed = false;
        keys.use(next.getKey());
        state.update(entry.cursors.copy());
      }
    }
  }

  private Entry enter(String key, AssetCursors cursors) throws Exception {
    if (bytes >= maxBytes) {
      makeRoom(key);
    }
    Entry entry = new Entry();
    entry.cursors = cursors;
    entry.bytes = size(key, cursors);
    entries.put(key, entry);
    bytes += entry.bytes;
    return entry;
  }

  private void makeRoom(String current) throws Exception {
    Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
    while (bytes > maxBytes - maxBytes / 16 && oldest.hasNext()) {
      Map.Entry<String, Entry> next = oldest.next();
      Entry entry = next.getValue();
      if (entry.changed) {
        keys.use(next.getKey());
        state.update(entry.cursors);
      }
      bytes -= entry.bytes;
      oldest.remove();
    }
    keys.use(current);
  }

  private static long size(String key, AssetCursors cursors) {
    return OVERHEAD + 2L * key.length() + cursors.memoryBytes();
  }
}
