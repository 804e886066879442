package io.foreshock.savepoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.state.api.OperatorIdentifier;

/** One operator of a {@link Snapshot}: how it ran, what its states are called, where they lie. */
public final class StoredOperator {
  private final OperatorState state;
  private final ClassLoader classes;
  private List<StoredState> states;

  StoredOperator(OperatorState state, ClassLoader classes) {
    this.state = state;
    this.classes = classes;
  }

  /** Its uid; the hash of it where a release before Flink 2 left the uid out. */
  public String uid() {
    return state.getOperatorUid().orElseGet(this::operatorId);
  }

  /** Name given by the job; empty when the metadata holds none. */
  public String name() {
    return state.getOperatorName().orElse("");
  }

  /** What Flink maps state by: a hash of the uid, 32 hexadecimal digits. */
  public String operatorId() {
    return state.getOperatorID().toHexString();
  }

  boolean isOf(String uid) {
    return state.getOperatorUid().map(uid::equals).orElse(false)
        || OperatorIdentifier.forUid(uid).getOperatorId().equals(state.getOperatorID());
  }

  public int parallelism() {
    return state.getParallelism();
  }

  public int maxParallelism() {
    return state.getMaxParallelism();
  }

  /** Bytes of its states and of its coordinator. */
  public long bytes() {
    return state.getStateSize();
  }

  /** Whether Flink must find a place for something of it in a job. */
  public boolean hasState() {
    return state.getCoordinatorState() != null
        || state.getStates().stream().anyMatch(OperatorSubtaskState::hasState);
  }

  /** Bytes that its coordinator on the JobManager keeps, e.g. a source's. */
  public long coordinatorBytes() {
    return state.getCoordinatorState() == null ? 0 : state.getCoordinatorState().getStateSize();
  }

  /**
   * Its states, of all tasks together, keyed ones first.
   *
   * @throws SnapshotException when a file or a class is missing
   */
  public List<StoredState> states() {
    if (states == null) {
      Map<String, StoredState> found = new LinkedHashMap<>();
      for (OperatorSubtaskState subtask : state.getStates()) {
        for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
          for (StreamStateHandle meta : Handles.metadata(handle)) {
            KeyedBackendSerializationProxy<?> proxy = readKeyed(meta);
            add(proxy.getStateMetaInfoSnapshots(), proxy, found);
          }
        }
        for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
          OperatorBackendSerializationProxy proxy = readOperator(handle);
          add(proxy.getOperatorStateMetaInfoSnapshots(), null, found);
          add(proxy.getBroadcastStateMetaInfoSnapshots(), null, found);
        }
      }
      states = List.copyOf(found.values());
    }
    return states;
  }

  private void add(
      List<StateMetaInfoSnapshot> metas,
      KeyedBackendSerializationProxy<?> keyed,
      Map<String, StoredState> found) {
    for (StateMetaInfoSnapshot meta : metas) {
      found.computeIfAbsent(
          meta.getBackendStateType() + " " + meta.getName(),
          name ->
              new StoredState(
                  uid(),
                  meta,
                  keyed == null ? null : keyed.getKeySerializerSnapshot(),
                  maxParallelism()));
    }
  }

  KeyedBackendSerializationProxy<?> readKeyed(StreamStateHandle meta) {
    KeyedBackendSerializationProxy<?> proxy = new KeyedBackendSerializationProxy<>(classes);
    try (FSDataInputStream in = meta.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
      return proxy;
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  private OperatorBackendSerializationProxy readOperator(OperatorStateHandle handle) {
    OperatorBackendSerializationProxy proxy = new OperatorBackendSerializationProxy(classes);
    try (FSDataInputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
      return proxy;
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  SnapshotException unreadable(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String reason =
        cause instanceof ClassNotFoundException
            ? "class "
                + Snapshot.firstLine(cause)
                + " of a serializer is in none of the jars; add the job's with --jar"
            : Snapshot.firstLine(e);
    return new SnapshotException(
        "The state of operator \"" + uid() + "\" cannot be read: " + reason + ".", e);
  }

  List<KeyedStateHandle> keyedHandles() {
    List<KeyedStateHandle> handles = new ArrayList<>();
    state.getStates().forEach(subtask -> handles.addAll(subtask.getManagedKeyedState()));
    return handles;
  }

  List<OperatorStateHandle> operatorHandles() {
    List<OperatorStateHandle> handles = new ArrayList<>();
    state.getStates().forEach(subtask -> handles.addAll(subtask.getManagedOperatorState()));
    return handles;
  }

  OperatorState raw() {
    return state;
  }

  ClassLoader classes() {
    return classes;
  }
}
