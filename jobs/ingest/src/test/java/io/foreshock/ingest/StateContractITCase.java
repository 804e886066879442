package io.foreshock.ingest;

import io.foreshock.model.ChannelRegistry;
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
    Fleet fleet = new Fleet(1);
    for (int number = 0; number < 20; number++) {
      // Number 3 is missing, so the rest waits.
      if (number != 3) {
        fleet.send(1, Fleet.message(1, number, Fleet.START + number, Fleet.START + number));
      }
      fleet.send(1, Fleet.named(1, number, Fleet.START + number, Fleet.START + number));
    }
    StateContracts.of(IngestJob.NAME, IngestOptions.ALL, IngestJob::connect)
        .with("kafka.bootstrap-servers=broker:9092", "installation=test")
        .switches(
            "assets.topic=foreshock.assets",
            "ticks.clean=true",
            "lake.path=/lake",
            "store.url=jdbc:postgresql://db/foreshock")
        .cuts("ticks.interval=0 s", "source.allow-create-time=true")
        .assertCommitted(
            new Runs(cluster, IngestConfig.of(ChannelRegistry.EMPTY))
                .savepoint(fleet.records(), 0.5, folder),
            folder);
  }
}
