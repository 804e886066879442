package io.foreshock.chaos;

import io.foreshock.local.LocalKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of the tenants: what devices write, and what the jobs write. */
final class Topics {
  static final int RAW_PARTITIONS = 4;

  private static final int OUTPUT_PARTITIONS = 2;

  private Topics() {}

  static void create(LocalKafka kafka, List<String> tenants, List<Output> outputs) {
    List<NewTopic> topics = new ArrayList<>();
    for (String tenant : tenants) {
      topics.add(
          new NewTopic(Sender.rawTopic(tenant), RAW_PARTITIONS, (short) 1)
              .configs(Map.of("message.timestamp.type", "LogAppendTime")));
      for (Output output : outputs) {
        topics.add(new NewTopic(output.topic(tenant), OUTPUT_PARTITIONS, (short) 1));
      }
    }
    kafka.createTopics(topics);
  }
}
