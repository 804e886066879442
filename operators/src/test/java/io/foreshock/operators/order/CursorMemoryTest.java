package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.junit.jupiter.api.Test;

/** State is read once, written before checkpoints, and never shares an object with memory. */
class CursorMemoryTest {

  /** As on the heap: by key, the objects themselves. */
  private static final class Stored implements ValueState<AssetCursors> {
    private final Map<String, AssetCursors> values = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private String key;

    @Override
    public AssetCursors value() {
      calls.add("read " + key);
      return values.get(key);
    }

    @Override
    public void update(AssetCursors value) {
      calls.add("write " + key);
      values.put(key, value);
    }

    @Override
    public void clear() {
      calls.add("clear " + key);
      values.remove(key);
    }

    private List<String> takeCalls() {
      List<String> taken = List.copyOf(calls);
      calls.clear();
      return taken;
    }
  }

  private final Stored state = new Stored();
  private final CursorMemory memory = new CursorMemory(state);

  private void remember(long bytes) {
    memory.remember(key -> state.key = key, bytes);
  }

  /** What the operator does with a message: its number is kept where a test can see it. */
  private void message(String key, int number) throws Exception {
    state.key = key;
    AssetCursors cursors = memory.get(key);
    if (cursors == null) {
      cursors = new AssetCursors();
      cursors.devices.add(new DeviceCursor(""));
    }
    assertThat(cursors.idCount).isEqualTo(number);
    cursors.idCount = number + 1;
    memory.put(key, cursors);
    assertThat(state.key).isEqualTo(key);
  }

  @Test
  void readsAnAssetOnceAndWritesItOnceBeforeACheckpoint() throws Exception {
    remember(1_000_000);
    message("t/a", 0);
    assertThat(state.takeCalls()).containsExactly("read t/a");
    message("t/a", 1);
    message("t/a", 2);
    assertThat(state.takeCalls()).isEmpty();
    memory.flush();
    assertThat(state.takeCalls()).containsExactly("write t/a");
    assertThat(state.values.get("t/a").idCount).isEqualTo(3);
    memory.flush();
    assertThat(state.takeCalls()).isEmpty();
  }

  @Test
  void readsAndWritesAtOnceWhenNobodyCanChangeTheKey() throws Exception {
    message("t/a", 0);
    message("t/a", 1);
    assertThat(state.takeCalls()).containsExactly("read t/a", "write t/a", "read t/a", "write t/a");
  }

  @Test
  void writesTheAssetThatWasSilentForLongestWhenMemoryIsFull() throws Exception {
    remember(1_500);
    message("t/a", 0);
    message("t/b", 0);
    message("t/a", 1);
    message("t/c", 0);
    state.takeCalls();
    message("t/d", 0);
    assertThat(state.takeCalls()).containsExactly("read t/d", "write t/b");
    message("t/a", 2);
    assertThat(state.takeCalls()).isEmpty();
    message("t/b", 1);
  }

  /** A running checkpoint of a backend on the heap reads them in another thread. */
  @Test
  void changesNothingThatTheStateHandedOutOrWasGiven() throws Exception {
    AssetCursors before = new AssetCursors();
    before.idCount = 5;
    before.devices.add(new DeviceCursor(""));
    state.values.put("t/a", before);
    remember(1_000_000);

    message("t/a", 5);
    assertThat(before.idCount).isEqualTo(5);
    memory.flush();
    AssetCursors written = state.values.get("t/a");
    message("t/a", 6);
    assertThat(written.idCount).isEqualTo(6);
  }

  @Test
  void forgetsWhatIsCleared() throws Exception {
    remember(1_000_000);
    message("t/a", 0);
    memory.flush();
    memory.clear("t/a");
    assertThat(state.values).isEmpty();
    message("t/a", 0);
    memory.clear("t/a");
    memory.flush();
    assertThat(state.values).isEmpty();
  }
}
