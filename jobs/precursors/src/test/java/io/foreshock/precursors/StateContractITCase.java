package io.foreshock.precursors;

import io.foreshock.precursors.UploadBatches.Arrival;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.testing.StateContracts;
import java.nio.file.Path;
import java.util.Set;
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
    PrecursorsConfig config =
        PrecursorsConfig.from(
            Settings.read(
                PrecursorsOptions.ALL,
                CommandLine.parse("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=test")));
    StateContracts.of(PrecursorsJob.NAME, PrecursorsOptions.ALL, PrecursorsJob::connect)
        .with("kafka.bootstrap-servers=broker:9092", "installation=test")
        .switches(
            "patterns.topic=foreshock.patterns",
            "dead-letters.write=true",
            "near-misses.write=true")
        // Messages arrive in order, and nobody traces a pattern.
        .leavingEmpty(
            Set.of("check-patterns/traces", "match-patterns/traces", "order-telemetry/pending"))
        .assertCommitted(
            new Runs(cluster)
                .savepoint(new UploadBatches(1).arrive(Arrival.IN_ORDER), config, 0.5, folder),
            folder);
  }
}
