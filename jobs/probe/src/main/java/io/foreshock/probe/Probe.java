package io.foreshock.probe;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.service.ServiceKafka;
import io.foreshock.runtime.service.ServiceOptions;
import io.foreshock.runtime.service.ServiceProcess;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A message in, its alert out, again and again, with the time between as a metric. Messages go out
 * on time whether or not earlier ones were answered, and count from the moment they were due, so an
 * outage is seen as long as it lasts.
 */
public final class Probe implements ServiceProcess.Service {
  private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final byte[] KEY = ProbeMessages.ASSET.getBytes(StandardCharsets.UTF_8);

  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private final ProbeMetrics metrics = new ProbeMetrics();
  private final Map<String, Underway> underway = new TreeMap<>();
  private final Map<String, ProbeMessages> messages = new TreeMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(run -> new Thread(run, "probe-clock"));
  private HTTPServer metricsServer;
  private KafkaProducer<byte[], byte[]> producer;
  private AlertReader reader;
  private long intervalMillis;
  private long nextMillis;
  private boolean closed;

  private Probe() {}

  /**
   * Checks that the topics are there and begins to send.
   *
   * @throws StartRefused naming everything that is wrong
   */
  public static Probe start(Settings settings) {
    Probe probe = new Probe();
    try {
      probe.run(settings);
    } catch (KafkaException e) {
      probe.close();
      throw new StartRefused(List.of("Kafka says: " + e.getMessage()), e);
    } catch (RuntimeException e) {
      probe.close();
      throw e;
    }
    return probe;
  }

  private void run(Settings settings) {
    List<String> tenants = settings.get(ProbeOptions.TENANTS);
    ServiceKafka kafka = new ServiceKafka(settings, "the probe");
    Map<String, String> topics = new TreeMap<>();
    for (String tenant : tenants) {
      topics.put(TenantTopic.RAW.of(tenant), "DESCRIBE and WRITE");
      topics.put(TenantTopic.ALERTS.of(tenant), "DESCRIBE and READ");
    }
    kafka.requireTopics(topics);
    String boot = "probe-" + System.currentTimeMillis();
    long patience = settings.get(ProbeOptions.PATIENCE).toMillis();
    for (String tenant : tenants) {
      underway.put(tenant, new Underway(patience));
      messages.put(tenant, new ProbeMessages(boot));
      metrics.serve(tenant);
    }
    serveMetrics(
        settings.get(ServiceOptions.METRICS_HOST), settings.get(ProbeOptions.METRICS_PORT));
    Properties properties = kafka.clientProperties();
    properties.setProperty("acks", "all");
    properties.setProperty("linger.ms", "0");
    int give = (int) Math.min(Math.max(patience, 2_000), Integer.MAX_VALUE);
    properties.setProperty("delivery.timeout.ms", String.valueOf(give));
    properties.setProperty("request.timeout.ms", String.valueOf(Math.min(give - 1, 30_000)));
    properties.setProperty("max.block.ms", String.valueOf(give));
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    reader = new AlertReader(kafka.clientProperties(), tenants, this::seen, failure::complete);
    intervalMillis = settings.get(ProbeOptions.INTERVAL).toMillis();
    nextMillis = System.currentTimeMillis();
    clock.scheduleAtFixedRate(this::tick, 0, intervalMillis, TimeUnit.MILLISECONDS);
  }

  /** Late ticks are made up for, each with the moment at which it was due. */
  private void tick() {
    long due = nextMillis;
    nextMillis += intervalMillis;
    try {
      underway.forEach((tenant, waiting) -> send(tenant, waiting, due));
    } catch (RuntimeException e) {
      failure.complete("Sending failed: " + e);
    }
  }

  private void send(String tenant, Underway waiting, long due) {
    long now = System.currentTimeMillis();
    metrics.lost(tenant, waiting.lost(now));
    metrics.waiting(tenant, waiting.oldestMillis(now));
    waiting.sent(due);
    producer.send(
        new ProducerRecord<>(TenantTopic.RAW.of(tenant), KEY, messages.get(tenant).next(due)),
        (metadata, e) -> {
          if (e == null) {
            metrics.sent(tenant);
          } else {
            // Nobody will answer what never arrived: that is the broker's outage, not the jobs'.
            waiting.withdraw(due);
            metrics.unsent(tenant);
            LOG.warn("A message of tenant {} was not sent: {}", tenant, e.getMessage());
          }
        });
  }

  private void seen(String tenant, long lastSeenMillis) {
    long now = System.currentTimeMillis();
    Underway waiting = underway.get(tenant);
    waiting.seen(lastSeenMillis, now, millis -> metrics.took(tenant, millis));
    metrics.waiting(tenant, waiting.oldestMillis(now));
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

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    clock.shutdownNow();
    if (reader != null) {
      reader.close();
    }
    if (producer != null) {
      producer.close(CLOSE_LIMIT);
    }
    if (metricsServer != null) {
      metricsServer.close();
    }
  }
}
