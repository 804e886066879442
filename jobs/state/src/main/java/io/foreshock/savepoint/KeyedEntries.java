package io.foreshock.savepoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.functions.util.RuntimeUDFContext;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.state.AbstractStateBackend;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.FullSnapshotResources;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyValueStateIterator;
import org.apache.flink.runtime.state.KeyedStateBackendParametersImpl;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.SavepointKeyedStateHandle;
import org.apache.flink.runtime.state.StateSerializerProvider;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.restore.FullSnapshotRestoreOperation;
import org.apache.flink.runtime.state.restore.KeyGroup;
import org.apache.flink.runtime.state.restore.KeyGroupEntry;
import org.apache.flink.runtime.state.restore.SavepointRestoreResult;
import org.apache.flink.runtime.state.restore.ThrowingIterator;
import org.apache.flink.runtime.state.ttl.TtlTimeProvider;
import org.apache.flink.state.api.runtime.SavepointEnvironment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/**
 * Entries of all keyed states of an operator, whatever wrote them, in Flink's common format: that
 * of a canonical savepoint, which is read as it is. A checkpoint of RocksDB or of the hash map
 * backend is restored into that backend first, and asked for the same format.
 */
final class KeyedEntries {

  /** Takes entries: by key group, within it by state, entries of a key one after the other. */
  @FunctionalInterface
  interface Taker {
    void take(int keyGroup, StateMetaInfoSnapshot state, byte[] key, byte[] value)
        throws IOException;
  }

  private final StoredOperator operator;
  private final Path temporary;

  /**
   * @param temporary folder that RocksDB may use
   */
  KeyedEntries(StoredOperator operator, Path temporary) {
    this.operator = operator;
    this.temporary = temporary;
  }

  /**
   * Reads the entries of some key groups.
   *
   * @throws SnapshotException when a part cannot be read
   */
  void read(KeyGroupRange groups, Taker taker) {
    for (KeyedStateHandle handle : operator.keyedHandles()) {
      KeyedStateHandle wanted = handle.getIntersection(groups);
      if (wanted == null) {
        continue;
      }
      if (Handles.isChangelog(handle)) {
        throw new SnapshotException(
            "Operator \""
                + operator.uid()
                + "\" keeps a log of changes (state.changelog.enabled), which only its own job can replay. Take a"
                + " savepoint and read that.",
            null);
      }
      try {
        if (wanted instanceof KeyGroupsStateHandle full && isCommonFormat(full)) {
          readAsItIs(full, groups, taker);
        } else {
          readThroughBackend(wanted, groups, taker);
        }
      } catch (SnapshotException e) {
        throw e;
      } catch (Exception e) {
        throw operator.unreadable(e);
      }
    }
  }

  private TypeSerializer<?> keySerializer(KeyedStateHandle handle) {
    return operator
        .readKeyed(Handles.metadata(handle).get(0))
        .getKeySerializerSnapshot()
        .restoreSerializer();
  }

  /**
   * Whether a full snapshot has the common format. A checkpoint of the hash map backend begins each
   * key group with its number, the common format with the number of a state, which is small, in two
   * bytes.
   */
  private static boolean isCommonFormat(KeyGroupsStateHandle handle) throws IOException {
    if (handle instanceof SavepointKeyedStateHandle) {
      return true;
    }
    for (int group : handle.getKeyGroupRange()) {
      long offset = handle.getOffsetForKeyGroup(group);
      if (group > 0 && offset > 0) {
        try (FSDataInputStream in = handle.openInputStream()) {
          in.seek(offset);
          return new DataInputViewStreamWrapper(in).readInt() != group;
        }
      }
    }
    return false;
  }

  private <K> void readAsItIs(KeyGroupsStateHandle handle, KeyGroupRange groups, Taker taker)
      throws Exception {
    @SuppressWarnings("unchecked")
    TypeSerializer<K> keys = (TypeSerializer<K>) keySerializer(handle);
    FullSnapshotRestoreOperation<K> restore =
        new FullSnapshotRestoreOperation<>(
            handle.getKeyGroupRange(),
            operator.classes(),
            List.of(handle),
            StateSerializerProvider.fromNewRegisteredSerializer(keys));
    try (ThrowingIterator<SavepointRestoreResult> results = restore.restore()) {
      while (results.hasNext()) {
        SavepointRestoreResult result = results.next();
        List<StateMetaInfoSnapshot> states = result.getStateMetaInfoSnapshots();
        try (ThrowingIterator<KeyGroup> keyGroups = result.getRestoredKeyGroups()) {
          while (keyGroups.hasNext()) {
            KeyGroup group = keyGroups.next();
            if (groups.contains(group.getKeyGroupId())) {
              readGroup(group, states, taker);
            }
          }
        }
      }
    }
  }

  private static void readGroup(KeyGroup group, List<StateMetaInfoSnapshot> states, Taker taker)
      throws Exception {
    // Closing the iterator would close the stream of all groups.
    ThrowingIterator<KeyGroupEntry> entries = group.getKeyGroupEntries();
    while (entries.hasNext()) {
      KeyGroupEntry entry = entries.next();
      taker.take(
          group.getKeyGroupId(),
          states.get(entry.getKvStateId()),
          entry.getKey(),
          entry.getValue());
    }
  }

  private <K> void readThroughBackend(KeyedStateHandle handle, KeyGroupRange groups, Taker taker)
      throws Exception {
    @SuppressWarnings("unchecked")
    TypeSerializer<K> keys = (TypeSerializer<K>) keySerializer(handle);
    try (CloseableRegistry registry = new CloseableRegistry();
        SavepointEnvironmentHolder environment = environment()) {
      CheckpointableKeyedStateBackend<K> backend =
          backend(handle)
              .createKeyedStateBackend(
                  new KeyedStateBackendParametersImpl<>(
                      environment.environment(),
                      environment.environment().getJobID(),
                      operator.operatorId(),
                      keys,
                      operator.maxParallelism(),
                      handle.getKeyGroupRange(),
                      environment.environment().getTaskKvStateRegistry(),
                      TtlTimeProvider.DEFAULT,
                      new UnregisteredMetricsGroup(),
                      List.of(handle),
                      registry));
      try {
        FullSnapshotResources<K> snapshot = backend.savepoint().getSnapshotResources();
        try {
          read(snapshot, groups, taker);
        } finally {
          snapshot.release();
        }
      } finally {
        backend.dispose();
      }
    }
  }

  private static void read(FullSnapshotResources<?> snapshot, KeyGroupRange groups, Taker taker)
      throws IOException {
    List<StateMetaInfoSnapshot> states = snapshot.getMetaInfoSnapshots();
    try (KeyValueStateIterator entries = snapshot.createKVStateIterator()) {
      while (entries.isValid()) {
        if (groups.contains(entries.keyGroup())) {
          taker.take(
              entries.keyGroup(), states.get(entries.kvStateId()), entries.key(), entries.value());
        }
        entries.next();
      }
    }
  }

  private AbstractStateBackend backend(KeyedStateHandle handle) {
    if (handle instanceof KeyGroupsStateHandle) {
      return new HashMapStateBackend();
    }
    EmbeddedRocksDBStateBackend rocksDb = new EmbeddedRocksDBStateBackend(true);
    rocksDb.setDbStoragePath(temporary.toUri().toString());
    rocksDb.getMemoryConfiguration().setUseManagedMemory(false);
    return rocksDb;
  }

  /** Closes what the environment opened. */
  private record SavepointEnvironmentHolder(SavepointEnvironment environment)
      implements AutoCloseable {
    @Override
    public void close() throws Exception {
      environment.getIOManager().close();
      environment.getMemoryManager().shutdown();
    }
  }

  private SavepointEnvironmentHolder environment() {
    ExecutionConfig config = new ExecutionConfig();
    RuntimeUDFContext context =
        new RuntimeUDFContext(
            new TaskInfoImpl(operator.uid(), operator.maxParallelism(), 0, 1, 0),
            operator.classes(),
            config,
            Map.of(),
            Map.of(),
            UnregisteredMetricsGroup.createOperatorMetricGroup());
    return new SavepointEnvironmentHolder(
        new SavepointEnvironment.Builder(context, config, operator.maxParallelism()).build());
  }
}
