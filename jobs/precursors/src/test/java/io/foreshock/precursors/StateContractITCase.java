package io.foreshock.precursors;

import io.foreshock.precursors.UploadBatches.Arrival;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.PatternTopics;
import io.foreshock.runtime.kafka.RawTelemetrySource;
import io.foreshock.runtime.testing.CommittedFile;
import io.foreshock.runtime.testing.SavepointContract;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
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
    PrecursorsSinks sinks = PrecursorsSinks.from(settings, kafka);
    sinks.write(
        PrecursorsPipeline.define(
            RawTelemetrySource.read(environment, kafka, PrecursorsJob.NAME, sinks.topics()),
            PatternTopics.read(environment, kafka, topic, PrecursorsJob.NAME),
            PrecursorsConfig.from(settings)),
        topic);
    return SavepointContract.uids(environment);
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
    return SavepointContract.states(savepoint);
  }
}
