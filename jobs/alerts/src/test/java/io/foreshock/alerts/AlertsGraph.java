package io.foreshock.alerts;

import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.testing.SavepointContract;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's graph as it runs on Kafka, with everything switched on. */
final class AlertsGraph {

  private AlertsGraph() {}

  static Set<String> uids() {
    Settings settings =
        Settings.read(
            AlertsOptions.ALL,
            CommandLine.parse(
                "-Dkafka.bootstrap-servers=broker:9092",
                "-Dinstallation=test",
                "-Dassets.topic=foreshock.assets"));
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobEnvironment.demand(environment);
    JobEnvironment.preferAlertPath(environment);
    AlertsJob.connect(environment, AlertsTopics.from(settings), AlertsConfig.from(settings));
    return SavepointContract.uids(environment);
  }
}
