package io.foreshock.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  @Test
  void standbyTakesOverWhenTheLeadingJobManagerIsKilled(@TempDir Path folder) {
    try (LocalZooKeeper zooKeeper = LocalZooKeeper.start(folder.resolve("zookeeper"));
        LocalFlink flink =
            LocalFlink.at(folder.resolve("flink"))
                .taskManagers(1)
                .slots(2)
                .highAvailability(zooKeeper.address(), 2)
                .start()) {
      assertThat(flink.liveJobManagers()).containsExactly(0, 1);
      int leader = leader(flink);

      flink.killJobManager(leader);

      assertThat(flink.liveJobManagers()).containsExactly(1 - leader);
      // The TaskManager finds the new leader by itself.
      flink.awaitSlots(java.time.Duration.ofSeconds(60));
      assertThat(flink.startJobManager()).isEqualTo(2);
      assertThat(flink.liveJobManagers()).containsExactly(1 - leader, 2);
    }
  }

  @Test
  void stoppedBrokerAnswersAgainWhenItGoesOn(@TempDir Path folder) throws Exception {
    try (LocalKafka kafka = LocalKafka.at(folder).start()) {
      kafka.createTopics(List.of(new NewTopic("sleepers", 1, (short) 1)));
      try (KafkaProducer<String, String> producer = producer(kafka.bootstrapServers())) {
        producer.send(new ProducerRecord<>("sleepers", "a", "1")).get(10, TimeUnit.SECONDS);
        kafka.pause();
        assertThat(kafka.isAlive()).isTrue();
        Future<?> sent = producer.send(new ProducerRecord<>("sleepers", "a", "2"));
        assertThatThrownBy(() -> sent.get(500, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);

        kafka.resume();

        sent.get(30, TimeUnit.SECONDS);
      }
    }
  }

  private static int leader(LocalFlink flink) {
    for (int number : flink.liveJobManagers()) {
      try {
        if (Files.readString(flink.jobManagerLog(number)).contains("granted leadership")) {
          return number;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new AssertionError("No JobManager leads");
  }

  private static KafkaProducer<String, String> producer(String address) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", address), new StringSerializer(), new StringSerializer());
  }
}
