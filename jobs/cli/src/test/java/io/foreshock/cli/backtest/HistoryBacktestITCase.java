package io.foreshock.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.backtest.history.History;
import io.foreshock.backtest.run.Progress;
import io.foreshock.cli.TestConsole;
import io.foreshock.codec.CleanTelemetryEncoder;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.lake.LakeConfig;
import io.foreshock.lake.LakeSinks;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same history as files, as a lake and as a topic: the same detections come out. */
class HistoryBacktestITCase {
  private static final String FAILURES =
      """
      asset: machine
      time: time
      tables: [{files: failures.csv, failure: {component: component}}]
      """;

  @TempDir private static Path folder;
  private static Path data;
  private static List<RawRecord> records;
  private static Path detections;
  private static JsonNode figures;

  @BeforeAll
  static void backtestFiles() throws IOException {
    data = folder.resolve("data");
    assertThat(
            new TestConsole()
                .execute(
                    List.of(
                        "backtest",
                        "write-sample",
                        "--out",
                        data.toString(),
                        "--machines",
                        "6",
                        "--days",
                        "90")))
        .isZero();
    records = new ArrayList<>();
    History.mapped(data, data.resolve("mapping.yaml"), ChannelCatalogue.load(), Progress.NONE)
        .writeTo(records::add);
    Files.writeString(folder.resolve("failures.yaml"), FAILURES);
    detections = folder.resolve("files").resolve("detections.jsonl");
    figures = backtest("files", "--data", data.toString(), "--mapping", data + "/mapping.yaml");
  }

  @Test
  void findsTheFailuresOfFilesAndTellsWhatBecameOfTheirRows() throws IOException {
    assertThat(figures.at("/input/readings").asLong()).isEqualTo(6 * 90 * 24 * 4);
    assertThat(figures.at("/input/bad").asLong()).isZero();
    assertThat(figures.at("/overall/failures").asInt()).isPositive();
    assertThat(figures.at("/overall/recall").asDouble()).isGreaterThan(0.5);
    assertThat(detections).isNotEmptyFile();
  }

  @Test
  void aLakeGivesTheSameDetections() throws Exception {
    Path lake = folder.resolve("lake");
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    environment.enableCheckpointing(200);
    LakeSinks.write(
        environment.fromData(records.stream().map(HistoryBacktestITCase::batch).toList()),
        new LakeConfig(lake.toUri(), Duration.ofMillis(200), 64 << 20, 1 << 20, 256));
    environment.execute();

    JsonNode replayed =
        backtest(
            "lake-out",
            "--lake",
            lake.toString(),
            "--tenant",
            "sample",
            "--mapping",
            folder.resolve("failures.yaml").toString(),
            "--data",
            data.toString());

    assertThat(folder.resolve("lake-out/detections.jsonl")).hasSameTextualContentAs(detections);
    assertThat(replayed.get("overall")).isEqualTo(figures.get("overall"));
    TestConsole console = new TestConsole();
    assertThat(
            console.execute(List.of("backtest", "--lake", lake.toString(), "--tenant", "sampel")))
        .isEqualTo(2);
    assertThat(console.errors()).contains("Did you mean \"sample\"?");
  }

  @Test
  void aTopicGivesTheSameDetectionsRawAndClean() throws Exception {
    try (LocalKafka kafka = LocalKafka.at(folder.resolve("kafka")).start()) {
      kafka.createTopics(
          Stream.of("sample.telemetry", "sample.telemetry.raw")
              .map(topic -> new NewTopic(topic, 3, (short) 1))
              .toList());
      send(kafka.bootstrapServers());
      for (String topic : List.of("sample.telemetry", "sample.telemetry.raw")) {
        JsonNode replayed =
            backtest(
                topic,
                "--from-topic",
                topic,
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--mapping",
                folder.resolve("failures.yaml").toString(),
                "--data",
                data.toString());
        assertThat(folder.resolve(topic).resolve("detections.jsonl"))
            .as(topic)
            .hasSameTextualContentAs(detections);
        assertThat(replayed.get("overall")).as(topic).isEqualTo(figures.get("overall"));
      }
      JsonNode half =
          backtest(
              "half",
              "--from-topic",
              "sample.telemetry.raw",
              "--bootstrap-servers",
              kafka.bootstrapServers(),
              "--since",
              "2026-03-02T00:00:00Z");
      assertThat(half.at("/input/messages").asInt()).isEqualTo(6 * 30 * 24);
      assertThat(
              backtest(
                      "offset",
                      "--from-topic",
                      "sample.telemetry.raw",
                      "--bootstrap-servers",
                      kafka.bootstrapServers(),
                      "--from-offset",
                      "100000000")
                  .at("/input/messages")
                  .asInt())
          .isZero();
    }
  }

  private static void send(String servers) {
    CleanTelemetryEncoder encoder = new CleanTelemetryEncoder();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (RawRecord record : records) {
        long millis = record.appendTimeMillis();
        TelemetryBatch batch = batch(record);
        producer.send(
            new ProducerRecord<>(
                "sample.telemetry.raw", null, millis, record.key(), record.value()));
        producer.send(
            new ProducerRecord<>(
                "sample.telemetry",
                null,
                millis,
                encoder.key(batch),
                encoder.encode(batch, false)));
      }
    }
  }

  private static TelemetryBatch batch(RawRecord record) {
    try {
      return TelemetryCodec.toBatch(
          TelemetryCodec.parse(record.value()), "sample", record.appendTimeMillis(), false);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode backtest(String out, String... more) throws IOException {
    Path json = folder.resolve(out + ".json");
    TestConsole console = new TestConsole();
    int code =
        console.execute(
            Stream.concat(
                    Stream.of(
                        "backtest",
                        "--patterns",
                        "azure-pdm",
                        "--json",
                        json.toString(),
                        "--out",
                        folder.resolve(out).toString(),
                        "--verbose"),
                    Stream.of(more))
                .toList());
    assertThat(code).as(console.errors()).isZero();
    return new ObjectMapper().readTree(json.toFile());
  }
}
