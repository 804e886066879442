package io.foreshock.patterns.samples;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** Metrics of one task, as reporters see them. */
public final class RecordedMetrics {
  private final Map<String, Metric> byName = new ConcurrentHashMap<>();
  private final TaskMetricGroup group;

  public RecordedMetrics() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, owner) -> byName.put(owner.getMetricIdentifier(name), metric))
            .build();
    group =
        TaskManagerMetricGroup.createTaskManagerMetricGroup(
                registry, "localhost", ResourceID.generate())
            .addJob(new JobID(), "job")
            .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
  }

  public TaskMetricGroup group() {
    return group;
  }

  /** Value of the one metric whose full name ends so. */
  public long value(String end) {
    Metric found =
        byName.entrySet().stream()
            .filter(entry -> entry.getKey().endsWith("." + end))
            .map(Map.Entry::getValue)
            .reduce(
                (a, b) -> {
                  throw new AssertionError("Two metrics end with " + end);
                })
            .orElseThrow(() -> new AssertionError("No metric " + end + " in " + byName.keySet()));
    return found instanceof Counter counter
        ? counter.getCount()
        : ((Number) ((Gauge<?>) found).getValue()).longValue();
  }
}
