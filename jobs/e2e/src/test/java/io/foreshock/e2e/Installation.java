package io.foreshock.e2e;

import io.foreshock.local.Await;
import io.foreshock.local.LocalFlink;
import io.foreshock.local.LocalKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A real broker and real Flink processes, shared by all tests of the run, and the packaged job.
 *
 * <p>Each test uses tenants of its own, so that topics and transactions do not meet.
 */
final class Installation implements AutoCloseable {
  private final Path folder;
  private final LocalKafka kafka;
  private final LocalFlink flink;

  Installation() {
    Path parent = Path.of(System.getProperty("foreshock.e2e.folder", "target/clusters"));
    try {
      // Only the last run is kept: a broker's data are some hundred megabytes.
      FileUtils.deleteDirectory(parent.toFile());
      Files.createDirectories(parent);
      folder = Files.createTempDirectory(parent, "run-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = LocalKafka.at(folder.resolve("kafka")).progress(System.out::println).start();
    flink =
        LocalFlink.at(folder.resolve("flink"))
            .taskManagers(1)
            .slots(2)
            .progress(System.out::println)
            .start();
  }

  LocalKafka kafka() {
    return kafka;
  }

  LocalFlink flink() {
    return flink;
  }

  Path folder() {
    return folder;
  }

  /** The jar of precursors that people deploy. */
  static Path jar() {
    return jar("precursors");
  }

  /** The jar of a job that people deploy. */
  static Path jar(String job) {
    Path jar = Path.of(System.getProperty("foreshock." + job + ".jar", "no-property"));
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "The job's jar " + jar + " is not built. Run these tests with mvn verify.");
    }
    return jar;
  }

  /** Creates the topics of a tenant as an installation has them. */
  void createTopics(String tenant) {
    kafka.createTopics(
        List.of(
            new NewTopic(tenant + ".telemetry.raw", 4, (short) 1)
                .configs(Map.of("message.timestamp.type", "LogAppendTime")),
            new NewTopic(tenant + ".telemetry.dlq", 2, (short) 1),
            new NewTopic(tenant + ".detections", 2, (short) 1)));
  }

  /** Waits until the job of a tenant has read the topic to its end, as of a checkpoint. */
  void awaitRead(String tenant, String topic) {
    Await.until(
        "the job to read " + topic,
        Duration.ofSeconds(60),
        () -> {
          var read =
              kafka
                  .admin()
                  .listConsumerGroupOffsets("e2e." + tenant + ".precursors")
                  .partitionsToOffsetAndMetadata()
                  .get();
          return ends(topic).entrySet().stream()
              .allMatch(
                  end ->
                      end.getValue() == 0
                          || read.get(end.getKey()) != null
                              && read.get(end.getKey()).offset() >= end.getValue());
        });
  }

  private Map<TopicPartition, Long> ends(String topic) throws Exception {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      partitions.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    kafka
        .admin()
        .listOffsets(partitions)
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  /** Arguments of the job for one tenant: what every start needs, then the given options. */
  List<String> arguments(String tenant, String... options) {
    List<String> arguments = new ArrayList<>();
    List<String> all = new ArrayList<>();
    all.add("kafka.bootstrap-servers=" + kafka.bootstrapServers());
    all.add("installation=e2e");
    all.add("tenants=" + tenant);
    all.addAll(List.of(options));
    IntStream.range(0, all.size())
        .forEach(
            i -> {
              arguments.add("-D");
              arguments.add(all.get(i));
            });
    return arguments;
  }

  @Override
  public void close() {
    flink.close();
    kafka.close();
  }
}
