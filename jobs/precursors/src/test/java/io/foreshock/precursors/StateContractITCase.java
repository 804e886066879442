package io.foreshock.precursors;

import io.foreshock.precursors.UploadBatches.Arrival;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.PatternTopics;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import io.foreshock.state.VersionedSerializer;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a savepoint of this job holds is a contract with every later release; the file {@code
 * state-contract} states it. A change there needs a migration.
 */
class StateContractITCase {
  private static final ClassLoader CLASSES = StateContractITCase.class.getClassLoader();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(1).build());

  @Test
  void uidsStatesAndSerializersAreThoseOfTheCommittedFile(
      @InjectMiniCluster MiniCluster cluster, @TempDir Path folder) throws Exception {
    StringBuilder contract =
        new StringBuilder(
            """
            # What a savepoint of precursors holds. Written by StateContractITCase from the built graph and from a
            # savepoint; a difference is a migration, see README.md.
            """);
    uids().forEach(uid -> contract.append("uid ").append(uid).append('\n'));
    states(cluster, folder).forEach(state -> contract.append("state ").append(state).append('\n'));
    CommittedFile.assertIsCurrent(Path.of("state-contract"), contract.toString());
  }

  /** uids of the job as it runs on Kafka, dead letters and patterns that change included. */
  private static Set<String> uids() {
    Settings settings =
        Settings.read(
            PrecursorsOptions.ALL,
            CommandLine.parse(
                "-Dkafka.bootstrap-servers=broker:9092",
                "-Dinstallation=test",
                "-Dpatterns.topic=foreshock.patterns",
                "-Ddead-letters.write=true",
                "-Dnear-misses.write=true"));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    KafkaConfig kafka = KafkaConfig.from(settings);
    String topic = settings.get(PrecursorsOptions.PATTERNS_TOPIC);
    PrecursorsSinks.from(settings, kafka)
        .write(
            PrecursorsPipeline.define(
                RawTelemetrySource.read(environment, kafka, PrecursorsJob.NAME),
                PatternTopics.read(environment, kafka, topic, PrecursorsJob.NAME),
                PrecursorsConfig.from(settings)),
            topic);
    Set<String> uids = new TreeSet<>();
    for (StreamNode node : environment.getStreamGraph().getStreamNodes()) {
      uids.add(node.getTransformationUID());
    }
    return uids;
  }

  /** States of the operators between source and sinks. */
  private static Set<String> states(MiniCluster cluster, Path folder) throws Exception {
    PrecursorsConfig config =
        PrecursorsConfig.from(
            Settings.read(
                PrecursorsOptions.ALL,
                CommandLine.parse("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=test")));
    String savepoint =
        new Runs(cluster)
            .savepoint(new UploadBatches(1).arrive(Arrival.IN_ORDER), config, 0.5, folder);
    Path metadata = Path.of(URI.create(savepoint)).resolve("_metadata");
    Set<String> states = new TreeSet<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
      for (OperatorState operator :
          Checkpoints.loadCheckpointMetadata(in, CLASSES, savepoint).getOperatorStates()) {
        for (OperatorSubtaskState subtask : operator.getStates()) {
          for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
            String uid = operator.getOperatorUid().orElseThrow();
            broadcast(handle).forEach(state -> states.add(uid + " " + describe(state)));
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

  private static List<StateMetaInfoSnapshot> broadcast(OperatorStateHandle handle)
      throws IOException {
    OperatorBackendSerializationProxy proxy = new OperatorBackendSerializationProxy(CLASSES);
    try (FSDataInputStream in = handle.openInputStream()) {
      proxy.read(new DataInputViewStreamWrapper(in));
    }
    return proxy.getBroadcastStateMetaInfoSnapshots();
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
