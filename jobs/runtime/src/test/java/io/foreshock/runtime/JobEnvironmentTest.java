package io.foreshock.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class JobEnvironmentTest {

  @Test
  void checkpointsOfTheAlertPathUnlessTheDeploymentSaysOtherwise() {
    StreamExecutionEnvironment plain = environment(new Configuration());
    assertThat(plain.getCheckpointInterval()).isEqualTo(200);
    assertThat(plain.getCheckpointConfig().getMinPauseBetweenCheckpoints()).isEqualTo(50);

    Configuration deployed = new Configuration();
    deployed.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
    assertThat(environment(deployed).getCheckpointInterval()).isEqualTo(10_000);
  }

  @Test
  void keyGroupsAndObjectReuseAreFixed() {
    StreamExecutionEnvironment environment = environment(new Configuration());
    assertThat(environment.getMaxParallelism()).isEqualTo(240);
    assertThat(environment.getConfig().isObjectReuseEnabled()).isTrue();
  }

  @Test
  void refusesTypesThatWouldNeedKryo() {
    StreamExecutionEnvironment environment = environment(new Configuration());
    assertThatThrownBy(
            () ->
                environment
                    .fromData(Optional.of("kryo"))
                    .uid("source")
                    .sinkTo(new DiscardingSink<>())
                    .uid("sink"))
        .hasStackTraceContaining("Generic types have been disabled");
  }

  @Test
  void refusesOperatorsWithoutUid() {
    StreamExecutionEnvironment environment = environment(new Configuration());
    environment.fromData(1, 2).sinkTo(new DiscardingSink<>());
    assertThatThrownBy(() -> environment.getStreamGraph().getJobGraph())
        .hasMessageContaining("Auto generated UIDs have been disabled");
  }

  private static StreamExecutionEnvironment environment(Configuration deployed) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(deployed);
    JobEnvironment.demand(environment);
    JobEnvironment.preferAlertPath(environment);
    return environment;
  }
}
