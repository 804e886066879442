package io.foreshock.ingest;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
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
            # What a savepoint of ingest holds. Written by StateContractITCase from the built graph and from a
            # savepoint; a difference is a migration, see README.md.
            """);
    uids().forEach(uid -> contract.append("uid ").append(uid).append('\n'));
    states(cluster, folder).forEach(state -> contract.append("state ").append(state).append('\n'));
    CommittedFile.assertIsCurrent(Path.of("state-contract"), contract.toString());
  }

  /** uids of the job as it runs on Kafka, with everything switched on. */
  private static Set<String> uids() {
    Settings settings =
        Settings.read(
            IngestOptions.ALL,
            CommandLine.parse(
                "-Dkafka.bootstrap-servers=broker:9092",
                "-Dinstallation=test",
                "-Dassets.topic=foreshock.assets",
                "-Dticks.clean=true",
                "-Dlake.path=/lake",
                "-Dstore.url=jdbc:postgresql://db/foreshock"));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    JobEnvironment.preferThroughput(environment);
    IngestJob.connect(environment, settings);
    return SavepointContract.uids(environment);
  }

  /** States of the operators between source and sinks. */
  private static Set<String> states(MiniCluster cluster, Path folder) throws Exception {
    Fleet fleet = new Fleet(1);
    for (int number = 0; number < 20; number++) {
      // Number 3 is missing, so the rest waits.
      if (number != 3) {
        fleet.send(1, Fleet.message(1, number, Fleet.START + number, Fleet.START + number));
      }
    }
    return SavepointContract.states(
        new Runs(cluster, IngestConfig.of(ChannelRegistry.EMPTY))
            .savepoint(fleet.records(), 0.5, folder));
  }
}
