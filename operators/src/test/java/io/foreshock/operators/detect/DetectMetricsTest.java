package io.foreshock.operators.detect;

import static io.foreshock.operators.detect.Batches.PUMP;
import static io.foreshock.operators.detect.Batches.TRUCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.detect.DetectorPlan.Assignment;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.detect.DetectorSpec.Silence;
import io.foreshock.operators.detect.DetectorSpec.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingTaskMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DetectMetricsTest {

  @Test
  @SuppressWarnings("try") // close() may be interrupted
  void countsWhatItDoesAndReadsAndWritesStateOncePerBatch() throws Exception {
    Threshold hot = new Threshold("t", Side.ABOVE, 80, 70, Duration.ZERO, Duration.ZERO);
    Silence silence = new Silence("", Duration.ofMillis(100));
    List<AssetScope> pumps = List.of(new AssetScope(Set.of(), Set.of("pump")));
    DetectorPlan plan =
        new DetectorPlan(
            List.of(new Assignment(hot, pumps), new Assignment(silence, pumps)), Map.of());
    InterceptingOperatorMetricGroup metrics = new InterceptingOperatorMetricGroup();
    InterceptingTaskMetricGroup task =
        new InterceptingTaskMetricGroup() {
          @Override
          public InternalOperatorMetricGroup getOrAddOperator(
              OperatorID id, String name, Map<String, String> variables) {
            return metrics;
          }
        };
    try (MockEnvironment environment =
            new MockEnvironmentBuilder()
                .setMetricGroup(task)
                .setMaxParallelism(1)
                .setParallelism(1)
                .build();
        KeyedOneInputStreamOperatorTestHarness<String, TelemetryBatch, Signal> harness =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(
                    new DetectSymptomsFunction(plan, Duration.ofMillis(500))),
                batch -> batch.asset().key(),
                Types.STRING,
                environment)) {
      harness.open();
      harness.processElement(
          Batches.of(PUMP, 10).reading("t", 1, 60).reading("t", 2, 90).build(), 10);
      long size = count(metrics, "stateBytesWritten");
      assertThat(size).isBetween(40L, 100L);
      assertThat(count(metrics, "stateBytesRead")).isZero();

      harness.processElement(
          Batches.of(PUMP, 20).reading("t", 3, 91).reading("t", 4, 60).build(), 20);
      assertThat(count(metrics, "stateBytesWritten")).isEqualTo(2 * size);
      assertThat(count(metrics, "stateBytesRead")).isEqualTo(size);

      harness.processElement(Batches.of(TRUCK, 20).reading("t", 3, 91).build(), 20);
      assertThat(count(metrics, "stateBytesWritten")).isEqualTo(2 * size);
      assertThat(count(metrics, "stateBytesRead")).isEqualTo(size);

      harness.processWatermark(600);
      assertThat(count(metrics, "readings")).isEqualTo(5);
      assertThat(count(metrics, "symptomsBegun")).isEqualTo(2);
      assertThat(count(metrics, "symptomsEnded")).isEqualTo(1);
      assertThat(count(metrics, "assetsForgotten")).isEqualTo(1);
    }
  }

  private static long count(InterceptingOperatorMetricGroup metrics, String name) {
    return ((Counter) metrics.get(name)).getCount();
  }
}
