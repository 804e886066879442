package io.foreshock.notifier;

import io.foreshock.notifier.delivery.Deliveries;
import io.foreshock.notifier.delivery.NotifierMetrics;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.service.ServiceKafka;
import io.foreshock.runtime.service.ServiceOptions;
import io.foreshock.runtime.service.ServiceProcess;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications on Kafka to people. Each page reaches each of its channels at least once, under a
 * key by which the receiver tells a repeat, or is a dead letter.
 */
public final class Notifier implements ServiceProcess.Service {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final String EVERY = "*";

  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private final NotifierMetrics metrics = new NotifierMetrics();
  private HTTPServer metricsServer;
  private Deliveries deliveries;
  private boolean closed;

  private Notifier() {}

  /**
   * Checks everything that can be checked and begins to deliver.
   *
   * @throws StartRefused naming everything that is wrong: channels, routes, Kafka
   */
  public static Notifier start(Settings settings) {
    Clock clock = Clock.systemUTC();
    List<String> problems = new ArrayList<>();
    Map<String, ChannelReader.Configured> channels = ChannelReader.read(settings, problems, clock);
    Routes routes =
        Routes.read(
            settings.family(NotifierOptions.ROUTES),
            channels.keySet(),
            settings.get(NotifierOptions.DEFAULT_CHANNELS),
            problems);
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    Notifier notifier = new Notifier();
    try {
      notifier.run(settings, channels, routes, clock);
    } catch (KafkaException e) {
      notifier.close();
      throw new StartRefused(List.of("Kafka says: " + e.getMessage()), e);
    } catch (RuntimeException e) {
      notifier.close();
      throw e;
    }
    return notifier;
  }

  private void run(
      Settings settings,
      Map<String, ChannelReader.Configured> channels,
      Routes routes,
      Clock clock) {
    List<String> tenants = settings.get(NotifierOptions.TENANTS);
    List<String> named = tenants.equals(List.of(EVERY)) ? List.of() : tenants;
    ServiceKafka kafka = new ServiceKafka(settings, "the notifier");
    checkTopics(kafka, named);
    serveMetrics(
        settings.get(ServiceOptions.METRICS_HOST), settings.get(NotifierOptions.METRICS_PORT));
    deliveries =
        new Deliveries(
            new Deliveries.Setup(
                kafka.clientProperties(),
                settings.get(NotifierOptions.GROUP),
                settings.get(NotifierOptions.INSTANCE),
                named,
                routes::select,
                settings.get(NotifierOptions.LOOK_BACK),
                settings.get(KafkaOptions.DISCOVERY_INTERVAL),
                settings.get(NotifierOptions.STOP_TIMEOUT),
                clock),
            metrics,
            this::fail);
    channels.forEach(
        (name, configured) -> deliveries.start(configured.settings(), configured.channel()));
    LOG.info(
        "Delivering pages of {} by {}",
        named.isEmpty() ? "every tenant" : String.join(", ", named),
        String.join(", ", channels.keySet()));
  }

  /** Every tenant needs both topics; without the second a page that fails would wait for ever. */
  private static void checkTopics(ServiceKafka kafka, List<String> named) {
    List<String> tenants =
        named.isEmpty()
            ? kafka.topics().stream()
                .filter(TenantTopic.NOTIFICATIONS::matches)
                .map(TenantTopic.NOTIFICATIONS::tenantOf)
                .toList()
            : named;
    Map<String, String> topics = new TreeMap<>();
    for (String tenant : tenants) {
      topics.put(TenantTopic.NOTIFICATIONS.of(tenant), "DESCRIBE and READ");
      topics.put(TenantTopic.NOTIFICATION_DEAD_LETTERS.of(tenant), "DESCRIBE and WRITE");
    }
    kafka.requireTopics(topics);
  }

  private void serveMetrics(String host, int port) {
    if (port < 0) {
      return;
    }
    try {
      metricsServer = metrics.serve(host, port);
      LOG.info("Metrics at port {}, path /metrics", metricsServer.getPort());
    } catch (IOException e) {
      throw ServiceOptions.metricsNotServed(host, port, e);
    }
  }

  /** Port of the metrics; -1 when they are not served. */
  public int metricsPort() {
    return metricsServer == null ? -1 : metricsServer.getPort();
  }

  @Override
  public CompletableFuture<String> failure() {
    return failure.copy();
  }

  private void fail(String reason) {
    failure.complete(reason);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (deliveries != null) {
      deliveries.close();
    }
    if (metricsServer != null) {
      metricsServer.close();
    }
  }
}
