package io.foreshock.patterns.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;

/** A map in memory that flink-cep takes for state. Holds what belongs to the asset at hand only. */
class HeapMapState<K, V> implements MapState<K, V> {

  /** A map that once was larger than this is replaced, not cleared: clearing costs its capacity. */
  private static final int LARGE = 256;

  private Map<K, V> map = new LinkedHashMap<>();

  final Map<K, V> map() {
    return map;
  }

  @Override
  public V get(K key) throws Exception {
    return map.get(key);
  }

  @Override
  public void put(K key, V value) {
    map.put(key, value);
  }

  @Override
  public void putAll(Map<K, V> values) {
    map.putAll(values);
  }

  @Override
  public void remove(K key) {
    map.remove(key);
  }

  @Override
  public boolean contains(K key) {
    return map.containsKey(key);
  }

  @Override
  public Iterable<Map.Entry<K, V>> entries() {
    return map.entrySet();
  }

  @Override
  public Iterable<K> keys() {
    return map.keySet();
  }

  @Override
  public Iterable<V> values() {
    return map.values();
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() {
    return map.entrySet().iterator();
  }

  @Override
  public boolean isEmpty() {
    return map.isEmpty();
  }

  @Override
  public void clear() {
    if (map.size() > LARGE) {
      map = new LinkedHashMap<>();
    } else {
      map.clear();
    }
  }
}
