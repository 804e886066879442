package io.foreshock.runtime.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes a value to the topic of its tenant.
 *
 * <p>Names the topics as a pattern, which the pooling of transactions needs to find those left
 * open.
 */
final class TenantRecordSerializer<T>
    implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final TenantTopic topic;
  private final List<String> tenants;
  private final RecordForm<T> form;

  /** Topics that were written to; the same text each time spares Kafka's client its hash. */
  private transient Map<String, String> topics;

  TenantRecordSerializer(TenantTopic topic, List<String> tenants, RecordForm<T> form) {
    this.topic = topic;
    this.tenants = List.copyOf(tenants);
    this.form = form;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T element, KafkaSinkContext context, Long timestamp) {
    if (topics == null) {
      topics = new HashMap<>();
    }
    return new ProducerRecord<>(
        topics.computeIfAbsent(form.tenant(element), topic::of),
        null,
        form.timestampMillis(element),
        form.key(element),
        form.value(element));
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    DefaultKafkaDatasetIdentifier topics =
        tenants.isEmpty()
            ? DefaultKafkaDatasetIdentifier.ofPattern(topic.pattern())
            : DefaultKafkaDatasetIdentifier.ofTopics(tenants.stream().map(topic::of).toList());
    return Optional.of(new DefaultKafkaDatasetFacet(topics, new Properties()));
  }
}
