package io.foreshock.cli.demo;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a job has not yet read, by the positions that it commits with each checkpoint. */
final class Backlog {

  private Backlog() {}

  /**
   * Records behind the job's positions, summed over partitions.
   *
   * @param group consumer group of the job
   * @param partitions of each topic
   * @param transactional whether a job writes the topics: then the last record of a partition is
   *     the mark that ends a transaction, which nobody reads
   */
  static long of(
      Admin admin, String group, Collection<String> topics, int partitions, boolean transactional)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (String topic : topics) {
      for (int i = 0; i < partitions; i++) {
        asked.put(new TopicPartition(topic, i), OffsetSpec.latest());
      }
    }
    var ends = admin.listOffsets(asked).all().get();
    var read = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    long unread = 0;
    for (TopicPartition partition : asked.keySet()) {
      long end = ends.get(partition).offset() - (transactional ? 1 : 0);
      OffsetAndMetadata position = read.get(partition);
      unread += Math.max(0, end - (position == null ? 0 : position.offset()));
    }
    return unread;
  }
}
