package io.foreshock.notifier.delivery;

import io.foreshock.runtime.kafka.TenantTopic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a channel begins that has never read: a little back, not with the pages of the last week.
 * It is committed before anything is read, so a crash does not move it. A topic that appears later
 * is read from its beginning.
 */
final class FirstPosition {
  private static final Logger LOG = LoggerFactory.getLogger(FirstPosition.class);

  private FirstPosition() {}

  static void ensure(KafkaConsumer<byte[], byte[]> consumer, String group, Deliveries.Setup setup) {
    List<TopicPartition> partitions =
        consumer.listTopics().entrySet().stream()
            .filter(topic -> TenantTopic.NOTIFICATIONS.matches(topic.getKey()))
            .filter(
                topic ->
                    setup.tenants().isEmpty()
                        || setup
                            .tenants()
                            .contains(TenantTopic.NOTIFICATIONS.tenantOf(topic.getKey())))
            .flatMap(topic -> topic.getValue().stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    boolean hasRead =
        consumer.committed(java.util.Set.copyOf(partitions)).values().stream()
            .anyMatch(java.util.Objects::nonNull);
    if (hasRead || partitions.isEmpty()) {
      return;
    }
    long from = setup.clock().millis() - setup.lookBack().toMillis();
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(partition -> partition, p -> from)));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndMetadata> begin = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      begin.put(partition, new OffsetAndMetadata(at == null ? ends.get(partition) : at.offset()));
    }
    try {
      consumer.commitSync(begin, Duration.ofSeconds(10));
      LOG.info("Group {} reads for the first time, from {} back", group, setup.lookBack());
    } catch (KafkaException e) {
      // Another notifier of the group was quicker and reads already.
      LOG.info("Group {} has begun elsewhere: {}", group, e.getMessage());
    }
  }
}
