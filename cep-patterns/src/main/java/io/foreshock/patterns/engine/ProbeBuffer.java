package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.state.SignalSerializer;
import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;

/**
 * flink-cep's shared buffer over maps in memory, to ask the NFA with while a pattern is compiled:
 * see {@link Windows}. No signal ever gets there.
 */
final class ProbeBuffer {

  private final HeapMapState<EventId, Lockable<Signal>> events = new HeapMapState<>();
  private final HeapMapState<NodeId, Lockable<SharedBufferNode>> entries = new HeapMapState<>();
  private final HeapMapState<Long, Integer> counts = new HeapMapState<>();
  private final SharedBuffer<Signal> buffer;

  ProbeBuffer() {
    buffer = new SharedBuffer<>(new Store(), SignalSerializer.INSTANCE);
    // The constructor starts a thread that would log statistics of a cache we empty at once.
    buffer.releaseCacheStatisticsTimer();
  }

  SharedBufferAccessor<Signal> open() {
    return buffer.getAccessor();
  }

  void clear() {
    events.clear();
    entries.clear();
    counts.clear();
  }

  /** What {@link SharedBuffer} asks of a state store: three maps, known by their names. */
  private final class Store implements KeyedStateStore {

    @Override
    @SuppressWarnings("unchecked") // the names stand for the types, see SharedBuffer
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
      MapState<?, ?> state =
          switch (descriptor.getName()) {
            case "sharedBuffer-events" -> events;
            case "sharedBuffer-entries-with-lockable-edges" -> entries;
            case "sharedBuffer-events-count" -> counts;
            default -> throw unknown(descriptor.getName());
          };
      return (MapState<K, V>) state;
    }

    private UnsupportedOperationException unknown(String name) {
      return new UnsupportedOperationException(
          "flink-cep asks for the state \""
              + name
              + "\", which the version that this engine was written for does not have. Use the Flink"
              + " version of the build.");
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
      throw unknown(descriptor.getName());
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
      throw unknown(descriptor.getName());
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
      throw unknown(descriptor.getName());
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(
        AggregatingStateDescriptor<I, A, O> descriptor) {
      throw unknown(descriptor.getName());
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ValueState<T> getValueState(
        org.apache.flink.api.common.state.v2.ValueStateDescriptor<T> descriptor) {
      throw unknown(descriptor.getStateId());
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ListState<T> getListState(
        org.apache.flink.api.common.state.v2.ListStateDescriptor<T> descriptor) {
      throw unknown(descriptor.getStateId());
    }

    @Override
    public <K, V> org.apache.flink.api.common.state.v2.MapState<K, V> getMapState(
        org.apache.flink.api.common.state.v2.MapStateDescriptor<K, V> descriptor) {
      throw unknown(descriptor.getStateId());
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ReducingState<T> getReducingState(
        org.apache.flink.api.common.state.v2.ReducingStateDescriptor<T> descriptor) {
      throw unknown(descriptor.getStateId());
    }

    @Override
    public <I, A, O>
        org.apache.flink.api.common.state.v2.AggregatingState<I, O> getAggregatingState(
            org.apache.flink.api.common.state.v2.AggregatingStateDescriptor<I, A, O> descriptor) {
      throw unknown(descriptor.getStateId());
    }

    @Override
    public String getBackendTypeIdentifier() {
      return "foreshock-heap";
    }
  }
}
