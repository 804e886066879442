package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class OrderMetricsTest {
  private final Map<String, Gauge<?>> gauges = new HashMap<>();
  private final StateOutlet outlet = new StateOutlet(null, new OrderMetrics(recording()), 0);

  @Test
  void assetClockLagIsIngestTimeLessTheNewestEventTime() {
    outlet.clock(10_000, 7_500);
    assertThat(lag()).isEqualTo(2_500L);

    outlet.clock(10_000, 10_300);
    assertThat(lag()).as("a clock that is ahead").isEqualTo(-300L);
  }

  @Test
  void deviceThatHasNoEventTimeYetLeavesTheLagAsItIs() {
    outlet.clock(10_000, 9_000);
    outlet.clock(11_000, Long.MIN_VALUE);

    assertThat(lag()).isEqualTo(1_000L);
  }

  private Object lag() {
    return gauges.get("assetClockLagMillis").getValue();
  }

  private MetricGroup recording() {
    return new UnregisteredMetricsGroup() {
      @Override
      public MetricGroup addGroup(String name) {
        return recording();
      }

      @Override
      public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        gauges.put(name, gauge);
        return gauge;
      }
    };
  }
}
