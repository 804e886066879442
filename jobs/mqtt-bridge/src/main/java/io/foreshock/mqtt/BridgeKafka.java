package io.foreshock.mqtt;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.TenantTopic;
import io.foreshock.runtime.service.ServiceKafka;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The bridge's Kafka clients and what they are asked at start. */
final class BridgeKafka {
  /** How long one attempt to hand over a record waits; then the bridge looks whether to stop. */
  private static final Duration SEND_ATTEMPT = Duration.ofSeconds(2);

  private final ServiceKafka kafka;

  /**
   * @throws StartRefused naming what is wrong about security
   */
  BridgeKafka(Settings settings) {
    this.kafka = new ServiceKafka(settings, "the bridge");
  }

  /**
   * A producer that keeps order and never gives up a record that it took: what it holds is bounded
   * by what the MQTT broker sends ahead of acknowledgements.
   */
  Producer<byte[], byte[]> producer() {
    Properties properties = kafka.clientProperties();
    properties.putIfAbsent("linger.ms", "5");
    properties.putIfAbsent("compression.type", "lz4");
    properties.putIfAbsent("reconnect.backoff.max.ms", "1000");
    properties.setProperty("acks", "all");
    properties.setProperty("enable.idempotence", "true");
    properties.setProperty("delivery.timeout.ms", String.valueOf(Integer.MAX_VALUE));
    properties.setProperty("max.block.ms", String.valueOf(SEND_ATTEMPT.toMillis()));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Checks that Kafka answers and that every topic exists that the bridge may write to. A topic
   * that is missing later holds up everything, because acknowledgements go out in order.
   *
   * @throws StartRefused naming everything that is wrong
   */
  void check(Set<String> tenants) {
    Map<String, String> topics = new TreeMap<>();
    for (String tenant : tenants) {
      topics.put(TenantTopic.RAW.of(tenant), "DESCRIBE and WRITE");
      topics.put(TenantTopic.DEAD_LETTERS.of(tenant), "DESCRIBE and WRITE");
    }
    kafka.requireTopics(topics);
  }
}
