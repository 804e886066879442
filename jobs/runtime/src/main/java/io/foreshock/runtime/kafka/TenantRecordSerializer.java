package io.foreshock.runtime.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  private final List<TopicPerTenant> topics;
  private final List<String> tenants;
  private final RecordForm<T> form;

  /** Topics of the first kind; the same text each time spares Kafka's client its hash. */
  private transient Map<String, String> names;

  /**
   * @param topics kinds of topics that the form names; a form that names none has the only one
   */
  TenantRecordSerializer(
      List<? extends TopicPerTenant> topics, List<String> tenants, RecordForm<T> form) {
    this.topics = List.copyOf(topics);
    this.tenants = List.copyOf(tenants);
    this.form = form;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T element, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        name(form.topic(element), form.tenant(element)),
        null,
        form.timestampMillis(element),
        form.key(element),
        form.value(element));
  }

  private String name(TopicPerTenant topic, String tenant) {
    if (topic != null) {
      return topic.of(tenant);
    }
    if (names == null) {
      names = new HashMap<>();
    }
    return names.computeIfAbsent(tenant, topics.get(0)::of);
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    DefaultKafkaDatasetIdentifier identifier =
        tenants.isEmpty()
            ? DefaultKafkaDatasetIdentifier.ofPattern(pattern())
            : DefaultKafkaDatasetIdentifier.ofTopics(
                tenants.stream()
                    .flatMap(tenant -> topics.stream().map(topic -> topic.of(tenant)))
                    .toList());
    return Optional.of(new DefaultKafkaDatasetFacet(identifier, new Properties()));
  }

  private Pattern pattern() {
    return topics.size() == 1
        ? topics.get(0).pattern()
        : Pattern.compile(
            topics.stream()
                .map(topic -> topic.pattern().pattern())
                .collect(Collectors.joining("|")));
  }
}
