package io.foreshock.mqtt;

import io.foreshock.model.DeadLetter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * What a bridge counts. Tenants in labels are those of the configuration, so their number is
 * bounded.
 */
final class BridgeMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Counter received =
      counter("foreshock_mqtt_received", "Messages from the broker, repeats included.", "qos");
  private final Counter forwarded =
      counter("foreshock_mqtt_forwarded", "Messages that Kafka has, as telemetry.", "tenant");
  private final Counter deadLetters =
      counter(
          "foreshock_mqtt_dead_letters",
          "What could not be mapped and is in the topic of dead letters.",
          "tenant",
          "reason");
  private final Counter ignored =
      counter("foreshock_mqtt_ignored", "Messages that left nothing but this count.", "reason");
  private final Counter kafkaWaits =
      counter("foreshock_mqtt_kafka_waits", "Attempts to hand a record to Kafka that timed out.");
  private final Counter reconnects =
      counter("foreshock_mqtt_reconnects", "Connections made again after one was lost.");
  private final Counter sessionsLost =
      counter(
          "foreshock_mqtt_sessions_lost",
          "Connections made again to a broker that had forgotten the session: messages in between"
              + " are gone.");
  private final Gauge connected =
      Gauge.builder()
          .name("foreshock_mqtt_connected")
          .help("1 while connected to the MQTT broker.")
          .register(registry);
  private final Histogram latency =
      Histogram.builder()
          .name("foreshock_mqtt_forward_seconds")
          .help("From a message's arrival to Kafka's acknowledgement of all that came of it.")
          .classicOnly()
          .classicUpperBounds(.001, .005, .01, .05, .1, .5, 1, 5, 30)
          .register(registry);

  /**
   * @param inFlight messages that are not acknowledged yet
   */
  BridgeMetrics(IntSupplier inFlight) {
    GaugeWithCallback.builder()
        .name("foreshock_mqtt_in_flight")
        .help("Messages between the broker and Kafka's acknowledgement.")
        .callback(callback -> callback.call(inFlight.getAsInt()))
        .register(registry);
    connected.set(0);
    kafkaWaits.inc(0);
    reconnects.inc(0);
    sessionsLost.inc(0);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /**
   * Serves them; the caller closes it.
   *
   * @param host address to listen on; empty for every one of this machine
   */
  HTTPServer serve(String host, int port) throws IOException {
    HTTPServer.Builder server = HTTPServer.builder().port(port).registry(registry);
    return (host.isEmpty() ? server : server.hostname(host)).buildAndStart();
  }

  void received(int qos) {
    received.labelValues(String.valueOf(qos)).inc();
  }

  void forwarded(String tenant) {
    forwarded.labelValues(tenant).inc();
  }

  void deadLetter(String tenant, DeadLetter.Reason reason) {
    deadLetters.labelValues(tenant, reason.name().toLowerCase(Locale.ROOT)).inc();
  }

  void ignored(Mapped.Ignored why) {
    ignored.labelValues(why.name().toLowerCase(Locale.ROOT)).inc();
  }

  void kafkaWait() {
    kafkaWaits.inc();
  }

  void settled(double seconds) {
    latency.observe(seconds);
  }

  void connected(boolean now) {
    connected.set(now ? 1 : 0);
  }

  void reconnected(boolean sessionKept) {
    reconnects.inc();
    if (!sessionKept) {
      sessionsLost.inc();
    }
  }

  double forwardedTotal(String tenant) {
    return forwarded.labelValues(tenant).get();
  }
}
