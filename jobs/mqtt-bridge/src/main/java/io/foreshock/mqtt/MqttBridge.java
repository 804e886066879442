package io.foreshock.mqtt;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.runtime.service.ServiceOptions;
import io.foreshock.runtime.service.ServiceProcess;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of an MQTT broker to {@code <tenant>.telemetry.raw}, at least once and in order.
 *
 * <p>A message is acknowledged when Kafka has it, so whatever dies, the broker still has what Kafka
 * has not. Repeats carry the same message id, and the jobs drop them.
 */
public final class MqttBridge implements ServiceProcess.Service {
  private static final Logger LOG = LoggerFactory.getLogger(MqttBridge.class);

  private final Duration stopTimeout;
  private final InFlight inFlight = new InFlight();
  private final BridgeMetrics metrics = new BridgeMetrics(inFlight::count);
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "forward-messages");
            thread.setDaemon(true);
            return thread;
          });
  private HTTPServer metricsServer;
  private Producer<byte[], byte[]> producer;
  private Forwarder forwarder;
  private MqttSession session;
  private boolean closed;

  private MqttBridge(Duration stopTimeout) {
    this.stopTimeout = stopTimeout;
  }

  /**
   * Checks everything that can be checked, connects and begins to forward.
   *
   * @throws StartRefused naming what is wrong: configuration, Kafka, or what the MQTT broker says
   */
  public static MqttBridge start(Settings settings) {
    List<String> problems = new ArrayList<>();
    List<Route> routes = RouteReader.read(settings.family(MqttBridgeOptions.ROUTES), problems);
    MqttConfig mqtt = MqttConfig.from(settings, problems);
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    MqttBridge bridge = new MqttBridge(settings.get(MqttBridgeOptions.STOP_TIMEOUT));
    try {
      bridge.run(settings, routes, mqtt);
    } catch (RuntimeException e) {
      bridge.close();
      throw e;
    }
    return bridge;
  }

  private void run(Settings settings, List<Route> routes, MqttConfig mqtt) {
    TreeSet<String> tenants = new TreeSet<>();
    for (Route route : routes) {
      tenants.addAll(route.everyTenant());
      if (route.json() != null && route.json().timeFromArrival() && route.json().hasNoIdentity()) {
        LOG.warn(
            "Route {} takes the time of arrival and knows no message-id or sequence: a message that"
                + " is delivered twice counts twice.",
            route.name());
      }
    }
    BridgeKafka kafka = new BridgeKafka(settings);
    kafka.check(tenants);
    serveMetrics(
        settings.get(ServiceOptions.METRICS_HOST), settings.get(MqttBridgeOptions.METRICS_PORT));
    producer = kafka.producer();
    MessageMapper mapper =
        new MessageMapper(routes, settings.get(MqttBridgeOptions.MAX_MESSAGE_SIZE).getBytes());
    forwarder = new Forwarder(mapper, producer, inFlight, metrics, worker, this::fail);
    session = new MqttSession(mqtt, inFlight, metrics, this::fail);
    session.start(routes, forwarder, worker);
    LOG.info(
        "Forwarding to Kafka at {} for {}",
        settings.get(KafkaOptions.BOOTSTRAP_SERVERS),
        String.join(", ", tenants));
  }

  private void serveMetrics(String host, int port) {
    if (port < 0) {
      return;
    }
    try {
      metricsServer = metrics.serve(host, port);
      LOG.info(
          "Metrics at port {} of {}, path /metrics",
          metricsServer.getPort(),
          host.isEmpty() ? "every address of this machine (metrics.host)" : host);
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

  /**
   * Takes nothing new, waits for what is on its way to Kafka, acknowledges it and leaves. The
   * broker keeps the session and sends the rest to the next start.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (forwarder != null) {
      forwarder.stop();
    }
    if (producer != null) {
      awaitEmpty();
    }
    if (session != null) {
      session.stop();
    }
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    worker.shutdown();
    if (metricsServer != null) {
      metricsServer.close();
    }
  }

  private void awaitEmpty() {
    try {
      if (!failure.isDone()) {
        inFlight.whenEmpty().get(stopTimeout.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException e) {
      LOG.warn(
          "{} messages did not reach Kafka within {} s; the broker sends them again.",
          inFlight.count(),
          stopTimeout.toSeconds());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
