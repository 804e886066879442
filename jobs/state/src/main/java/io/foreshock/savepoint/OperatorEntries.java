package io.foreshock.savepoint;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.DefaultOperatorStateBackendBuilder;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.OperatorStateHandle.Mode;

/** Elements of the states of an operator that have no keys: lists and broadcast maps. */
final class OperatorEntries {

  /** Takes elements. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param key null for an element of a list
     */
    void take(StoredState state, Object key, Object value) throws IOException;
  }

  private OperatorEntries() {}

  /**
   * Reads all elements: of lists those of all tasks, of a broadcast state, which every task holds,
   * each once.
   *
   * @throws SnapshotException when a part cannot be read
   */
  static void read(StoredOperator operator, Taker taker) {
    if (operator.operatorHandles().isEmpty()) {
      return;
    }
    try (CloseableRegistry registry = new CloseableRegistry()) {
      OperatorStateBackend backend =
          new DefaultOperatorStateBackendBuilder(
                  operator.classes(),
                  new ExecutionConfig(),
                  false,
                  operator.operatorHandles(),
                  registry)
              .build();
      try {
        for (StoredState state : operator.states()) {
          if (state.isBroadcast()) {
            broadcast(backend, state, taker);
          } else if (state.isList()) {
            list(backend, state, taker);
          }
        }
      } finally {
        backend.dispose();
      }
    } catch (SnapshotException e) {
      throw e;
    } catch (Exception e) {
      throw operator.unreadable(e);
    }
  }

  private static void broadcast(OperatorStateBackend backend, StoredState state, Taker taker)
      throws Exception {
    @SuppressWarnings("unchecked")
    MapStateDescriptor<Object, Object> descriptor =
        new MapStateDescriptor<>(
            state.name(),
            (TypeSerializer<Object>) state.broadcastKeys(),
            (TypeSerializer<Object>) state.values());
    for (Map.Entry<Object, Object> entry :
        backend.getBroadcastState(descriptor).immutableEntries()) {
      taker.take(state, entry.getKey(), entry.getValue());
    }
  }

  private static void list(OperatorStateBackend backend, StoredState state, Taker taker)
      throws Exception {
    @SuppressWarnings("unchecked")
    ListStateDescriptor<Object> descriptor =
        new ListStateDescriptor<>(state.name(), (TypeSerializer<Object>) state.values());
    ListState<Object> elements =
        state.distribution() == Mode.UNION
            ? backend.getUnionListState(descriptor)
            : backend.getListState(descriptor);
    for (Object element : elements.get()) {
      taker.take(state, null, element);
    }
  }
}
