package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.FlinkRest;
import io.foreshock.model.Detection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithInstallation.class)
class ExactlyOnceITCase {
  private static final String TENANT = "once";

  /** For the test of the test: with at-least-once repeats must show up. */
  private static final String DELIVERY =
      System.getProperty("foreshock.e2e.delivery", "exactly-once");

  @Test
  void readerSeesEachDetectionOnceThoughTheTaskManagerIsKilled(Installation installation)
      throws Exception {
    installation.createTopics(TENANT);
    Episodes episodes = new Episodes(TENANT, 100, 60, System.currentTimeMillis());
    FlinkRest rest = installation.flink().rest();
    String job =
        installation
            .flink()
            .run(
                Installation.jar(),
                List.of("--parallelism", "2"),
                installation.arguments(
                    TENANT,
                    "patterns=" + Episodes.pattern(installation.folder()),
                    "delivery=" + DELIVERY));
    rest.awaitRunning(job, Duration.ofSeconds(60));

    CompletableFuture<Void> sent =
        send(installation.kafka().bootstrapServers(), episodes.messages());
    try (CommittedReader<Detection> reader =
        new CommittedReader<>(
            installation.kafka().bootstrapServers(), TENANT + ".detections", Episodes::detection)) {
      reader.readUntil(
          "the first detections",
          Duration.ofSeconds(30),
          seen -> seen.size() > episodes.detections() / 5);
      int victim = installation.flink().liveTaskManagers().get(0);
      installation.flink().killTaskManager(victim);
      installation.flink().startTaskManager();
      assertThat(sent).as("still sending when the TaskManager dies").isNotDone();

      sent.get(60, TimeUnit.SECONDS);
      reader.readUntil(
          "all detections",
          Duration.ofSeconds(90),
          seen -> distinct(seen).size() >= episodes.detections());
      assertThat(rest.restarts(job)).as("restarts").isPositive();
      rest.stopWithSavepoint(job, installation.flink().savepoints());

      List<Detection> all = reader.readToTheEnd();
      assertThat(distinct(all)).isEqualTo(episodes.expected());
      assertThat(all).as("no detection twice").hasSize(episodes.detections());
      Set<String> ids = new HashSet<>();
      all.forEach(detection -> ids.add(detection.id()));
      assertThat(ids).as("ids are distinct").hasSize(episodes.detections());
    }
  }

  private static Set<String> distinct(List<Detection> detections) {
    Set<String> lines = new TreeSet<>();
    detections.forEach(detection -> lines.add(Episodes.line(detection)));
    return lines;
  }

  /** Sends over some seconds, so that the kill hits the middle; done when all are acknowledged. */
  private static CompletableFuture<Void> send(
      String bootstrapServers, List<ProducerRecord<byte[], byte[]>> messages) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    CompletableFuture<Void> done = new CompletableFuture<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    int each = 100;
    var position =
        new Object() {
          int next;
        };
    clock.scheduleAtFixedRate(
        () -> {
          for (int i = 0; i < each && position.next < messages.size(); i++) {
            producer.send(messages.get(position.next++));
          }
          if (position.next == messages.size()) {
            producer.close();
            done.complete(null);
            clock.shutdown();
          }
        },
        0,
        80,
        TimeUnit.MILLISECONDS);
    return done;
  }
}
