package io.foreshock.runtime.kafka;

import java.util.List;
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

  private final List<TenantTopic> topics;
  private final List<String> tenants;
  private final RecordForm<T> form;

  TenantRecordSerializer(TenantTopic topic, List<String> tenants, RecordForm<T> form) {
    this(List.of(topic), tenants, form);
  }

  TenantRecordSerializer(List<TenantTopic> topics, List<String> tenants, RecordForm<T> form) {
    this.topics = List.copyOf(topics);
    this.tenants = List.copyOf(tenants);
    this.form = form;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T element, KafkaSinkContext context, Long timestamp) {
    TenantTopic topic =
        form instanceof RoutedForm<T> routed ? routed.topic(element) : topics.get(0);
    return new ProducerRecord<>(
        topic.of(form.tenant(element)),
        null,
        form.timestampMillis(element),
        form.key(element),
        form.value(element));
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    DefaultKafkaDatasetIdentifier written =
        tenants.isEmpty()
            ? DefaultKafkaDatasetIdentifier.ofPattern(pattern())
            : DefaultKafkaDatasetIdentifier.ofTopics(
                topics.stream().flatMap(topic -> tenants.stream().map(topic::of)).toList());
    return Optional.of(new DefaultKafkaDatasetFacet(written, new Properties()));
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
