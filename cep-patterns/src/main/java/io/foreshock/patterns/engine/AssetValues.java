package io.foreshock.patterns.engine;

import io.foreshock.patterns.engine.AssetMatcher.Change;
import java.util.Arrays;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/**
 * The values of the assets: in Flink's state, and in front of it in memory for the assets that were
 * heard of last. Changes reach the state when an asset makes room for another, and all of them
 * before each checkpoint.
 *
 * <p>Memory needs somebody who can change the current key ({@link #remember}); without, each value
 * is read when it is turned to and written when it is {@linkplain #leave left}.
 */
final class AssetValues {

  /** Changes the key that Flink's state belongs to. */
  interface Keys {
    void use(String key);
  }

  private final ValueState<byte[]> state;
  private final Counter bytesRead;
  private final Counter bytesWritten;
  private final Counter hits = new SimpleCounter();
  private final Counter misses = new SimpleCounter();
  private final StoredValue value = new StoredValue();
  private AssetMemory memory;
  private Keys keys;

  /** Whether Flink's current key is not the asset's in turn. */
  private boolean keyIsAnother;

  /** Whether it may stay so until state or a timer is needed. */
  private boolean keyIsLazy;

  /** Without memory: timer, and whether the value is to be written. */
  private long timer;

  private boolean changed;

  AssetValues(ValueState<byte[]> state, Counter bytesRead, Counter bytesWritten) {
    this.state = state;
    this.bytesRead = bytesRead;
    this.bytesWritten = bytesWritten;
  }

  /** Says how often an asset is found in memory, and what memory takes. */
  void register(MetricGroup metrics) {
    metrics.counter("memoryHits", hits);
    metrics.counter("memoryMisses", misses);
    metrics.gauge("memoryBytes", this::memoryBytes);
    metrics.gauge("memoryAssets", () -> memory == null ? 0 : memory.size());
  }

  /** What memory takes. */
  long memoryBytes() {
    return memory == null ? 0 : memory.bytes();
  }

  /** Assets that were not found in memory. */
  long misses() {
    return misses.getCount();
  }

  /** Keeps values in memory from now on. Then {@link #flush} must be called before checkpoints. */
  void remember(Keys toChange, long atMostBytes) {
    keys = toChange;
    memory = new AssetMemory(atMostBytes, this::write);
  }

  /**
   * Turns to an asset.
   *
   * @param key its key
   * @param later false when it is the current one; true when it is to be made that only when it is
   *     needed, which takes memory
   */
  void turnTo(String key, boolean later) throws Exception {
    keyIsLazy = later;
    keyIsAnother = later;
    if (memory == null) {
      value.set(read());
      timer = Long.MAX_VALUE;
      changed = false;
      return;
    }
    if (memory.find(key)) {
      hits.inc();
    } else {
      misses.inc();
      useKey(key);
      memory.add(key, read());
      useKey(key);
    }
    memory.value(value);
  }

  private byte[] read() throws Exception {
    byte[] stored = state.value();
    if (stored != null) {
      bytesRead.inc(stored.length);
    }
    return stored;
  }

  /** Value of the asset; valid until the next call of another method. */
  StoredValue value() {
    return value;
  }

  /** Timer of the asset, as far as it is known without a value; {@code Long.MAX_VALUE} if not. */
  long timer() {
    return memory == null ? timer : memory.timer();
  }

  /** Whether there is memory. */
  boolean remembers() {
    return memory != null;
  }

  /** How many signals of the asset wait for their order; negative when that is not known. */
  int waiting() {
    return memory == null ? -1 : memory.waiting();
  }

  void waiting(int signals) {
    if (memory != null) {
      memory.waiting(signals);
    }
  }

  /** The asset's timer has fired. */
  void forgetTimer() {
    timer = Long.MAX_VALUE;
    if (memory != null) {
      memory.timer(timer);
    }
  }

  /**
   * @param change what becomes of the asset's value
   * @param written its new bytes, if there are any
   * @param newTimer its timer; {@code Long.MAX_VALUE} for none
   */
  void store(String key, Change change, DataOutputSerializer written, long newTimer)
      throws Exception {
    if (memory == null) {
      timer = newTimer;
      if (change != Change.NONE) {
        changed = true;
        value.set(change == Change.GONE ? null : written.getCopyOfBuffer());
      }
      return;
    }
    memory.timer(newTimer);
    if (change == Change.GONE) {
      memory.clearValue();
    } else if (change == Change.WRITTEN) {
      memory.value(written.getSharedBuffer(), 0, written.length());
      if (!keyIsLazy) {
        useKey(key);
      }
    }
    memory.value(value);
  }

  /** Ends the asset's turn. */
  void leave() throws Exception {
    if (memory == null) {
      if (changed) {
        write(value.array());
      }
      changed = false;
      value.set(null);
    }
  }

  /** Makes the key of the asset in turn the current one, if it is not. */
  void useKey(String key) {
    if (keyIsAnother) {
      keyIsAnother = false;
      keys.use(key);
    }
  }

  private void write(String key, byte[] array, int offset, int length) throws Exception {
    keyIsAnother = true;
    keys.use(key);
    write(length < 0 ? null : Arrays.copyOfRange(array, offset, offset + length));
  }

  private void write(byte[] bytes) throws Exception {
    if (bytes == null) {
      state.clear();
    } else {
      state.update(bytes);
      bytesWritten.inc(bytes.length);
    }
  }

  /** Brings the state up to date; the current key is another one afterwards. */
  void flush() throws Exception {
    if (memory != null) {
      memory.takeChanged(this::write);
      keyIsAnother = false;
    }
  }
}
