package io.foreshock.probe;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;

/** What the probe measures, by tenant. */
final class ProbeMetrics {
  private static final String TENANT = "tenant";

  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Histogram latency =
      Histogram.builder()
          .name("foreshock_probe_latency_seconds")
          .help("From a message to its alert for a reader of committed records.")
          .labelNames(TENANT)
          .classicOnly()
          .classicUpperBounds(.05, .1, .2, .3, .4, .5, .75, 1, 1.5, 2, 5, 10, 30, 60)
          .register(registry);
  private final Counter sent =
      Counter.builder()
          .name("foreshock_probe_sent")
          .help("Messages that the broker took.")
          .labelNames(TENANT)
          .register(registry);
  private final Counter unsent =
      Counter.builder()
          .name("foreshock_probe_unsent")
          .help("Messages that the broker did not take.")
          .labelNames(TENANT)
          .register(registry);
  private final Counter lost =
      Counter.builder()
          .name("foreshock_probe_lost")
          .help("Messages whose alert did not come within probe.patience.")
          .labelNames(TENANT)
          .register(registry);
  private final Gauge waiting =
      Gauge.builder()
          .name("foreshock_probe_oldest_unanswered_seconds")
          .help("Age of the oldest message without an alert; 0 when there is none.")
          .labelNames(TENANT)
          .register(registry);

  /** Begins the series of a tenant, so that 0 is a figure. */
  void serve(String tenant) {
    latency.initLabelValues(tenant);
    sent.initLabelValues(tenant);
    unsent.initLabelValues(tenant);
    lost.initLabelValues(tenant);
    waiting.initLabelValues(tenant);
  }

  void sent(String tenant) {
    sent.labelValues(tenant).inc();
  }

  void unsent(String tenant) {
    unsent.labelValues(tenant).inc();
  }

  void took(String tenant, long millis) {
    latency.labelValues(tenant).observe(millis / 1e3);
  }

  void lost(String tenant, int messages) {
    lost.labelValues(tenant).inc(messages);
  }

  void waiting(String tenant, long millis) {
    waiting.labelValues(tenant).set(millis / 1e3);
  }

  HTTPServer serve(String host, int port) throws IOException {
    HTTPServer.Builder builder = HTTPServer.builder().port(port).registry(registry);
    if (!host.isEmpty()) {
      builder.hostname(host);
    }
    return builder.buildAndStart();
  }
}
