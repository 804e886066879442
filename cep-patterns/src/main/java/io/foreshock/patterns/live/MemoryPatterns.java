package io.foreshock.patterns.live;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;

/** Broadcast state of patterns outside a job. */
final class MemoryPatterns implements BroadcastState<String, LivePattern> {
  private final Map<String, LivePattern> patterns = new LinkedHashMap<>();

  @Override
  public void put(String key, LivePattern value) {
    patterns.put(key, value);
  }

  @Override
  public void putAll(Map<String, LivePattern> more) {
    patterns.putAll(more);
  }

  @Override
  public void remove(String key) {
    patterns.remove(key);
  }

  @Override
  public Iterator<Map.Entry<String, LivePattern>> iterator() {
    return patterns.entrySet().iterator();
  }

  @Override
  public Iterable<Map.Entry<String, LivePattern>> entries() {
    return patterns.entrySet();
  }

  @Override
  public Iterable<Map.Entry<String, LivePattern>> immutableEntries() {
    return Map.copyOf(patterns).entrySet();
  }

  @Override
  public LivePattern get(String key) {
    return patterns.get(key);
  }

  @Override
  public boolean contains(String key) {
    return patterns.containsKey(key);
  }

  @Override
  public void clear() {
    patterns.clear();
  }
}
