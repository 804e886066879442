package io.foreshock.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientConnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientConnectedContext;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientReconnector;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.kafka.security.SecretReference;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the MQTT broker: one session that outlives connections and restarts of the
 * bridge, QoS 1, manual acknowledgement.
 */
final class MqttSession {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSession.class);

  /** Largest receive maximum of the protocol. */
  private static final int MOST_IN_FLIGHT = 65_535;

  /** Connections that ended at once, one after the other, before somebody is told. */
  private static final int SUSPICIOUS = 3;

  private final MqttConfig config;
  private final InFlight inFlight;
  private final BridgeMetrics metrics;
  private final Consumer<String> fatal;
  private final Mqtt5AsyncClient client;
  private final long beginNanos = System.nanoTime();
  private volatile boolean established;
  private volatile boolean stopping;
  private boolean lost;
  private int shortLived;
  private long connectedNanos;
  private int receiveMaximum;

  /**
   * @param fatal told in a sentence why there will be no connection any more
   */
  MqttSession(MqttConfig config, InFlight inFlight, BridgeMetrics metrics, Consumer<String> fatal) {
    this.config = config;
    this.receiveMaximum = config.receiveMaximum();
    this.inFlight = inFlight;
    this.metrics = metrics;
    this.fatal = fatal;
    Mqtt5ClientBuilder builder =
        Mqtt5Client.builder()
            .identifier(config.clientId())
            .serverHost(config.broker().host())
            .serverPort(config.broker().port())
            .addConnectedListener(this::connected)
            .addDisconnectedListener(this::disconnected);
    this.client = (config.broker().tls() ? builder.sslConfig(tls()) : builder).buildAsync();
  }

  /**
   * Connects and subscribes; what the broker kept comes at once.
   *
   * @param receiver called on {@code worker}; must not throw
   * @throws StartRefused when the broker does not let the bridge in
   */
  void start(List<Route> routes, Consumer<Mqtt5Publish> receiver, Executor worker) {
    // Before connecting: what the broker kept for the session comes before any subscription.
    client.publishes(MqttGlobalPublishFilter.ALL, receiver, worker, true);
    try {
      client.connect(connectMessage()).get();
      List<Mqtt5Subscription> subscriptions =
          routes.stream().map(route -> subscription(route.topic())).toList();
      client
          .subscribeWith()
          .addSubscriptions(subscriptions)
          .send()
          .get(config.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
      subscriptions.forEach(s -> LOG.info("Subscribed to {}", s.getTopicFilter()));
    } catch (ExecutionException | CompletionException e) {
      throw new StartRefused(List.of(MqttRefusal.explain(e.getCause(), config)), e.getCause());
    } catch (TimeoutException e) {
      throw new StartRefused(
          List.of("MQTT broker " + config.broker() + " does not answer the subscription."), e);
    } catch (SecretReference.Missing e) {
      throw new StartRefused(List.of(MqttBridgeOptions.PASSWORD.key() + ": " + e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused(List.of("Interrupted while connecting."), e);
    }
  }

  /** Acknowledgements handed over so far go out, then the connection ends; the session stays. */
  void stop() {
    stopping = true;
    if (client.getState().isConnectedOrReconnect()) {
      try {
        client
            .disconnectWith()
            .sessionExpiryInterval(config.sessionExpiry().toSeconds())
            .send()
            .get(5, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.debug("Disconnecting", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Mqtt5Subscription subscription(TopicPattern topic) {
    String filter =
        config.shareGroup().isEmpty()
            ? topic.filter()
            : "$share/" + config.shareGroup() + '/' + topic.filter();
    return Mqtt5Subscription.builder()
        .topicFilter(filter)
        .qos(MqttQos.AT_LEAST_ONCE)
        // A restart must not bring every retained message again.
        .retainHandling(Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST)
        .build();
  }

  private Mqtt5Connect connectMessage() {
    return Mqtt5Connect.builder()
        .cleanStart(false)
        .sessionExpiryInterval(config.sessionExpiry().toSeconds())
        .keepAlive((int) config.keepAlive().toSeconds())
        .simpleAuth(credentials())
        .restrictions()
        .receiveMaximum(receiveMaximum)
        .maximumPacketSize(config.maximumPacketSize())
        .applyRestrictions()
        .build();
  }

  /** Null when there is no user. */
  private Mqtt5SimpleAuth credentials() {
    if (config.user().isEmpty()) {
      return null;
    }
    byte[] password = config.password().read();
    var user = Mqtt5SimpleAuth.builder().username(config.user());
    return password == null ? user.build() : user.password(password).build();
  }

  private MqttClientSslConfig tls() {
    var tls =
        MqttClientSslConfig.builder()
            .trustManagerFactory(config.trust())
            .keyManagerFactory(config.identity());
    return (config.verifyHost() ? tls : tls.hostnameVerifier((host, session) -> true)).build();
  }

  private void connected(MqttClientConnectedContext context) {
    boolean kept = ((Mqtt5ClientConnectedContext) context).getConnAck().isSessionPresent();
    metrics.connected(true);
    if (!established) {
      LOG.info(
          "Connected to {} as {}{}",
          config.broker(),
          config.clientId(),
          kept ? "; the broker kept the session" : "; a new session");
    } else {
      metrics.reconnected(kept);
      if (kept) {
        LOG.info("Connected to {} again", config.broker());
      } else {
        LOG.warn(
            "Connected to {} again, but it had forgotten the session: messages since the last"
                + " connection are gone. Check the broker's persistence and session limits.",
            config.broker());
      }
    }
    established = true;
    connectedNanos = System.nanoTime();
    lost = false;
  }

  private void disconnected(MqttClientDisconnectedContext context) {
    metrics.connected(false);
    Throwable cause = context.getCause();
    if (stopping) {
      return;
    }
    String explanation = MqttRefusal.explain(cause, config);
    if (MqttRefusal.isTakenOver(cause)) {
      fatal.accept(explanation);
      return;
    }
    boolean late = System.nanoTime() - beginNanos > config.startTimeout().toNanos();
    if (!established && (MqttRefusal.isFinal(cause) || late)) {
      // The attempt to start ends with this cause.
      return;
    }
    if (MqttRefusal.isOverrun(cause)) {
      takeMore();
    } else if (!lost) {
      LOG.warn("{}", explanation);
      countShortLived();
      lost = true;
    }
    Mqtt5ClientReconnector reconnector = (Mqtt5ClientReconnector) context.getReconnector();
    try {
      reconnector.connect(connectMessage());
    } catch (SecretReference.Missing e) {
      LOG.warn("mqtt.password: {} Trying the last one.", e.getMessage());
    }
    // The broker sends again all that is not acknowledged. Together with what is still on its way
    // to Kafka that may be more than the receive maximum, so let that arrive first; but not for
    // ever, because a session lives only as long as somebody comes back to it.
    reconnector
        .reconnectWhen(
            inFlight
                .whenEmpty()
                .completeOnTimeout(null, config.reconnectMax().toMillis(), TimeUnit.MILLISECONDS),
            // Only with a callback does the client go on in the thread that it demands; without one
            // it never connects again.
            (nothing, failure) -> {})
        .delay(delayMillis(reconnector.getAttempts() + shortLived), TimeUnit.MILLISECONDS);
  }

  /**
   * The broker has sent more than it may, and would send it again on every connection: Mosquitto
   * 2.0.11 empties its queue like that. Another broker may, when Kafka was away while the
   * connection was lost.
   */
  private void takeMore() {
    if (receiveMaximum < MOST_IN_FLIGHT) {
      receiveMaximum = MOST_IN_FLIGHT;
      LOG.warn(
          "MQTT broker {} sends more than mqtt.receive-maximum ahead of acknowledgements. Taking up"
              + " to {}, in memory, until the next start.",
          config.broker(),
          receiveMaximum);
    } else {
      LOG.warn(
          "MQTT broker {} sends more ahead of acknowledgements than MQTT has numbers for; what it"
              + " sends again and again holds up the rest. Limit its queue for a client to less than"
              + " {} messages (Mosquitto: max_queued_messages).",
          config.broker(),
          MOST_IN_FLIGHT);
    }
  }

  /**
   * Connections that never last are not tried again at once. The usual reason is a second client
   * with the same id: each of the two ends the other's connection, and some brokers do not say so.
   */
  private void countShortLived() {
    boolean lasted = System.nanoTime() - connectedNanos > config.reconnectMax().toNanos();
    shortLived = !established || lasted ? 0 : shortLived + 1;
    if (shortLived == SUSPICIOUS) {
      LOG.warn(
          "The last {} connections to {} ended at once. Does another client use the mqtt.client-id"
              + " \"{}\"? Give each bridge one of its own.",
          SUSPICIOUS,
          config.broker(),
          config.clientId());
    }
  }

  /** Doubles with each attempt; up to a quarter more, so that many bridges do not come at once. */
  private long delayMillis(int attempts) {
    long doubled = config.reconnectMin().toMillis() << Math.min(attempts, 20);
    long delay = Math.min(config.reconnectMax().toMillis(), doubled);
    return delay + ThreadLocalRandom.current().nextLong(delay / 4 + 1);
  }
}
