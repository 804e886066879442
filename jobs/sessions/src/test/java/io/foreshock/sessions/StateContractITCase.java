package io.foreshock.sessions;

import io.foreshock.runtime.testing.PipelineRuns;
import io.foreshock.runtime.testing.StateContracts;
import java.nio.file.Path;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
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
    SessionsConfig config = Clean.config();
    StateContracts.of(SessionsJob.NAME, SessionsOptions.ALL, SessionsJob::connect)
        .with("kafka.bootstrap-servers=broker:9092", "installation=test")
        .switches("store.url=jdbc:postgresql://db/foreshock")
        .assertCommitted(
            new PipelineRuns<>(cluster, records -> Clean.define(records, config))
                .savepoint(new Pumps(1, 1).records(), 0.5, folder),
            folder);
  }
}
