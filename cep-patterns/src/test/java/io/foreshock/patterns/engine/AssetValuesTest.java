package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.patterns.engine.AssetMatcher.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Test;

/** Memory in front of the state against a plain map, with far too little memory. */
class AssetValuesTest {

  /** A block, the table and one record too long for either. */
  private static final long SLACK = 4_000;

  private final KeyedBytes state = new KeyedBytes();
  private final Counter written = new SimpleCounter();
  private final List<String> used = new ArrayList<>();
  private final Map<String, byte[]> latest = new HashMap<>();
  private final Map<String, Long> timers = new HashMap<>();
  private boolean keyIsLazy;
  private final AssetValues values = new AssetValues(state, new SimpleCounter(), written);

  private void remember(long limit) {
    values.remember(
        key -> {
          state.key = key;
          used.add(key);
        },
        limit);
  }

  private void turnTo(String key) throws Exception {
    turnTo(key, false);
  }

  /** When the key may come later, whoever needs it asks for it; until then it is any other. */
  private void turnTo(String key, boolean later) throws Exception {
    keyIsLazy = later;
    state.key = later ? "acme/another" : key;
    values.turnTo(key, later);
    if (!later) {
      assertThat(state.key).isEqualTo(key);
    }
    assertThat(bytes(values.value())).isEqualTo(latest.get(key));
  }

  private void store(String key, byte[] value, long timer) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(16);
    Change change = Change.GONE;
    if (value != null) {
      out.write(value);
      change = Change.WRITTEN;
    }
    values.store(key, change, out, timer);
    if (value == null) {
      latest.remove(key);
    } else {
      latest.put(key, value);
    }
    assertThat(bytes(values.value())).isEqualTo(value);
    assertThat(values.timer()).isEqualTo(timer);
    values.leave();
    if (keyIsLazy) {
      values.useKey(key);
    }
    assertThat(state.key).isEqualTo(key);
  }

  private static byte[] bytes(StoredValue value) {
    return value.exists()
        ? Arrays.copyOfRange(value.array(), value.offset(), value.offset() + value.length())
        : null;
  }

  private static void assertEqual(Map<String, byte[]> one, Map<String, byte[]> other) {
    assertThat(one.keySet()).isEqualTo(other.keySet());
    one.forEach((key, value) -> assertThat(value).as(key).isEqualTo(other.get(key)));
  }

  /** Open matches of known assets grow, and no new asset comes. */
  @Test
  void memoryIsBoundedWhileValuesGrow() throws Exception {
    long limit = 20_000;
    remember(limit);
    for (int length = 1; length <= 2_000; length += 37) {
      for (int asset = 0; asset < 20; asset++) {
        String key = "acme/pump-" + asset;
        turnTo(key);
        store(key, new byte[length], Long.MAX_VALUE);
        long onlyInMemory =
            latest.entrySet().stream()
                .filter(entry -> !Arrays.equals(state.values.get(entry.getKey()), entry.getValue()))
                .mapToLong(entry -> entry.getValue().length)
                .sum();
        assertThat(onlyInMemory).isLessThanOrEqualTo(limit);
        assertThat(values.memoryBytes()).isLessThanOrEqualTo(limit + SLACK);
      }
    }
    values.flush();
    assertEqual(state.values, latest);
  }

  @Test
  void isAMapHoweverLittleMemoryThereIs() throws Exception {
    long seed = System.nanoTime();
    System.err.println("AssetValuesTest: seed " + seed);
    for (long limit : new long[] {1, 600, 5_000, 50_000}) {
      Random random = new Random(seed);
      AssetValuesTest one = new AssetValuesTest();
      one.remember(limit);
      one.giveAtRandom(random, limit);
    }
  }

  private void giveAtRandom(Random random, long limit) throws Exception {
    int assets = 1 + random.nextInt(200);
    for (int i = 0; i < 20_000; i++) {
      // Some of them often, some hardly ever; and keys of any alphabet.
      int asset = (int) (assets * Math.pow(random.nextDouble(), 3));
      String key = "acme/" + (asset % 7 == 0 ? "насос-" : asset % 7 == 1 ? "bøye-" : "p") + asset;
      turnTo(key, random.nextBoolean());
      if (values.timer() != Long.MAX_VALUE) {
        assertThat(values.timer()).isEqualTo(timers.get(key));
      }
      if (random.nextInt(3) > 0) {
        byte[] value = random.nextInt(4) == 0 ? null : new byte[random.nextInt(300)];
        if (value != null) {
          random.nextBytes(value);
        }
        timers.put(key, (long) i);
        store(key, value, i);
      }
      if (random.nextInt(50) == 0) {
        used.clear();
        values.flush();
        assertThat(used).doesNotHaveDuplicates();
        assertEqual(state.values, latest);
        used.clear();
        values.flush();
        assertThat(used).isEmpty();
      }
      assertThat(values.memoryBytes()).isLessThanOrEqualTo(limit + SLACK);
    }
  }

  /** Assets of a working set stay while others pass by once. */
  @Test
  void keepsWhatIsHeardOfOften() throws Exception {
    remember(100_000);
    byte[] value = new byte[200];
    for (int i = 0; i < 40_000; i++) {
      String key = i % 2 == 0 ? "acme/often-" + i % 100 : "acme/once-" + i;
      turnTo(key);
      if (i % 2 == 0) {
        store(key, value, 1);
      }
    }
    assertThat(values.misses()).isBetween(20_000L, 21_000L);
  }

  @Test
  void leavesTheKeyAloneWhileAssetsAreInMemory() throws Exception {
    remember(100_000);
    turnTo("a/1", true);
    assertThat(used).as("its state had to be read").containsExactly("a/1");
    store("a/1", new byte[10], 1);
    used.clear();

    turnTo("a/1", true);
    values.store("a/1", Change.GONE, new DataOutputSerializer(16), Long.MAX_VALUE);
    assertThat(used).isEmpty();
    latest.remove("a/1");
    turnTo("a/1", true);
    values.useKey("a/1");
    values.useKey("a/1");
    assertThat(used).containsExactly("a/1");
  }

  @Test
  void writesNothingAgainThatDidNotChange() throws Exception {
    remember(100_000);
    for (String key : List.of("a/1", "a/2", "a/3")) {
      turnTo(key);
      store(key, new byte[10], 1);
    }
    values.flush();
    assertThat(written.getCount()).isEqualTo(30);
    turnTo("a/2");
    store("a/2", new byte[20], 1);
    turnTo("a/3");
    values.flush();
    assertThat(written.getCount()).isEqualTo(50);
  }

  /** State by key, as a heap backend keeps it. */
  private static final class KeyedBytes implements ValueState<byte[]> {
    private final Map<String, byte[]> values = new HashMap<>();
    private String key;

    @Override
    public byte[] value() {
      return values.get(key);
    }

    @Override
    public void update(byte[] value) {
      values.put(key, value);
    }

    @Override
    public void clear() {
      values.remove(key);
    }
  }
}
