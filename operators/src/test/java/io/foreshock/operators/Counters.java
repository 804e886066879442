package io.foreshock.operators;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** What an operator under test counts, over all environments made here. */
public final class Counters {
  private final Map<String, Long> finished = new TreeMap<>();
  private final Map<String, Counter> live = new TreeMap<>();

  /** A new environment; the counters of the one before are kept. */
  public MockEnvironment environment() {
    live.forEach((name, counter) -> finished.merge(name, counter.getCount(), Long::sum));
    live.clear();
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (metric instanceof Counter counter) {
                    live.put(
                        group.getLogicalScope(text -> text, '.')
                            + '.'
                            + labels(group.getAllVariables())
                            + name,
                        counter);
                  }
                })
            .build();
    return new MockEnvironmentBuilder()
        .setMaxParallelism(240)
        .setMetricGroup(
            TaskManagerMetricGroup.createTaskManagerMetricGroup(
                    registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task"))
        .build();
  }

  /** Labels that an operator gave itself, e.g. {@code acme.MALFORMED.} */
  private static String labels(Map<String, String> variables) {
    return Stream.of("<tenant>", "<reason>")
        .filter(variables::containsKey)
        .map(label -> variables.get(label) + '.')
        .collect(Collectors.joining());
  }

  /** Sum of all counters whose name ends like this. */
  public long get(String suffix) {
    return sum(finished, suffix)
        + live.entrySet().stream()
            .filter(entry -> entry.getKey().endsWith('.' + suffix))
            .mapToLong(entry -> entry.getValue().getCount())
            .sum();
  }

  private static long sum(Map<String, Long> counts, String suffix) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith('.' + suffix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
