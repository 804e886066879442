package io.foreshock.sessions;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.testing.CommittedFile;
import io.foreshock.runtime.testing.PipelineRuns;
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
            # What a savepoint of sessions holds. Written by StateContractITCase from the built graph and from a
            # savepoint; a difference is a migration, see README.md.
            """);
    uids().forEach(uid -> contract.append("uid ").append(uid).append('\n'));
    states(cluster, folder).forEach(state -> contract.append("state ").append(state).append('\n'));
    CommittedFile.assertIsCurrent(Path.of("state-contract"), contract.toString());
  }

  /** uids of the job as it runs on Kafka, with everything switched on. */
  private static Set<String> uids() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    JobEnvironment.preferThroughput(environment);
    SessionsJob.connect(environment, Clean.settings("store.url=jdbc:postgresql://db/foreshock"));
    return SavepointContract.uids(environment);
  }

  /** States of the operators between source and sinks. */
  private static Set<String> states(MiniCluster cluster, Path folder) throws Exception {
    SessionsConfig config = Clean.config();
    return SavepointContract.states(
        new PipelineRuns<>(cluster, records -> Clean.define(records, config))
            .savepoint(new Pumps(1, 1).records(), 0.5, folder));
  }
}
