package io.foreshock.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterITCase {

  @Test
  void brokerKeepsDataAndPortOverAPowerCut(@TempDir Path folder) throws Exception {
    try (LocalKafka kafka = LocalKafka.at(folder).progress(System.out::println).start()) {
      kafka.createTopics(List.of(new NewTopic("survivors", 1, (short) 1)));
      String address = kafka.bootstrapServers();
      try (KafkaProducer<String, String> producer = producer(address)) {
        producer.send(new ProducerRecord<>("survivors", "a", "1")).get(10, TimeUnit.SECONDS);
      }

      kafka.kill();
      assertThat(kafka.isAlive()).isFalse();
      kafka.restart();

      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      try (KafkaProducer<String, String> producer = producer(address)) {
        long offset =
            producer
                .send(new ProducerRecord<>("survivors", "a", "2"))
                .get(10, TimeUnit.SECONDS)
                .offset();
        assertThat(offset).isEqualTo(1);
      }
    }
  }

  @Test
  void clusterOffersItsSlotsAndReplacesAKilledTaskManager(@TempDir Path folder) {
    try (LocalFlink flink =
        LocalFlink.at(folder).taskManagers(1).slots(3).progress(System.out::println).start()) {
      assertThat(flink.rest().slots()).isEqualTo(3);
      assertThat(flink.rest().jobs()).isEmpty();

      flink.killTaskManager(0);
      assertThat(flink.liveTaskManagers()).isEmpty();
      flink.startTaskManager();
      flink.awaitSlots(java.time.Duration.ofSeconds(60));
      assertThat(flink.liveTaskManagers()).containsExactly(1);
    }
  }

  private static KafkaProducer<String, String> producer(String address) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", address), new StringSerializer(), new StringSerializer());
  }
}
