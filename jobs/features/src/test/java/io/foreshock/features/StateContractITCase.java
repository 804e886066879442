package io.foreshock.features;

import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
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
            # What a savepoint of features holds. Written by StateContractITCase from the built graph and from a
            # savepoint; a difference is a migration, see README.md.
            """);
    uids().forEach(uid -> contract.append("uid ").append(uid).append('\n'));
    states(cluster, folder).forEach(state -> contract.append("state ").append(state).append('\n'));
    CommittedFile.assertIsCurrent(Path.of("state-contract"), contract.toString());
  }

  /** uids of the job as it runs on Kafka. */
  private static Set<String> uids() {
    Settings settings =
        Settings.read(
            FeaturesOptions.ALL,
            CommandLine.parse("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=test"));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    JobEnvironment.preferThroughput(environment);
    FeaturesConfig config = FeaturesConfig.from(settings);
    FeaturesJob.connect(
        environment, FeaturesTopics.from(settings, config), config, new SingleObjectEncoder());
    return SavepointContract.uids(environment);
  }

  /** States of the operators between sources and sink. */
  private static Set<String> states(MiniCluster cluster, Path folder) throws Exception {
    FeaturesConfig config =
        FeaturesConfig.of(FeatureCatalogue.load(ChannelCatalogue.load()).orThrow());
    return SavepointContract.states(
        new Runs(cluster).savepoint(PumpDay.batches(20), config, folder));
  }
}
