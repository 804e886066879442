package io.foreshock.runtime.testing;

import io.foreshock.state.VersionedSerializer;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;

/** What a savepoint holds, as lines of a {@code state-contract}. */
public final class SavepointContract {
  private static final ClassLoader CLASSES = SavepointContract.class.getClassLoader();

  private SavepointContract() {}

  /** uids of a graph. */
  public static Set<String> uids(StreamExecutionEnvironment environment) {
    Set<String> uids = new TreeSet<>();
    for (StreamNode node : environment.getStreamGraph().getStreamNodes()) {
      uids.add(node.getTransformationUID());
    }
    return uids;
  }

  /** States of a canonical savepoint but those of Kafka sources: uid, kind, name, serializer. */
  public static Set<String> states(String savepoint) throws IOException {
    Path metadata = Path.of(URI.create(savepoint)).resolve("_metadata");
    Set<String> states = new TreeSet<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
      for (OperatorState operator :
          Checkpoints.loadCheckpointMetadata(in, CLASSES, savepoint).getOperatorStates()) {
        for (OperatorSubtaskState subtask : operator.getStates()) {
          for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
            String uid = operator.getOperatorUid().orElseThrow();
            if (!uid.startsWith("read")) {
              notKeyed(handle).forEach(state -> states.add(uid + " " + describe(state)));
            }
          }
          for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
            String uid = operator.getOperatorUid().orElseThrow();
            read((KeyGroupsStateHandle) handle)
                .getStateMetaInfoSnapshots()
                .forEach(state -> states.add(uid + " " + describe(state)));
          }
        }
      }
    }
    return states;
  }

  private static List<StateMetaInfoSnapshot> notKeyed(OperatorStateHandle handle)
      throws IOException {
    OperatorBackendSerializationProxy proxy = new OperatorBackendSerializationProxy(CLASSES);
    try (FSDataInputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
    }
    List<StateMetaInfoSnapshot> all = new ArrayList<>(proxy.getBroadcastStateMetaInfoSnapshots());
    all.addAll(proxy.getOperatorStateMetaInfoSnapshots());
    return all;
  }

  private static KeyedBackendSerializationProxy<?> read(KeyGroupsStateHandle handle)
      throws IOException {
    KeyedBackendSerializationProxy<?> proxy = new KeyedBackendSerializationProxy<>(CLASSES);
    try (FSDataInputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
    }
    return proxy;
  }

  private static String describe(StateMetaInfoSnapshot state) {
    return state.getBackendStateType()
        + " "
        + state.getName()
        + " "
        + describe(
            state
                .getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER)
                .restoreSerializer());
  }

  private static String describe(TypeSerializer<?> serializer) {
    String name = serializer.getClass().getSimpleName();
    if (serializer instanceof MapSerializer<?, ?> map) {
      return name
          + "<"
          + describe(map.getKeySerializer())
          + ","
          + describe(map.getValueSerializer())
          + ">";
    }
    return serializer instanceof VersionedSerializer<?> versioned
        ? name + " format " + versionOf(versioned)
        : name;
  }

  /** The format that it writes stands in front of each value. */
  private static int versionOf(VersionedSerializer<?> serializer) {
    try {
      Method version = VersionedSerializer.class.getDeclaredMethod("version");
      version.setAccessible(true);
      return (int) version.invoke(serializer);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
