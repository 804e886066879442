package io.foreshock.e2e;

import static io.foreshock.e2e.FeatureVersions.FIRST;
import static io.foreshock.e2e.FeatureVersions.SECOND;
import static io.foreshock.e2e.FeatureVersions.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.codec.avro.ConfluentEncoder;
import io.foreshock.codec.avro.SchemaIds;
import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.local.LocalKafka;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for ML people: its script reads a topic of a real broker. */
class ReadInPythonITCase {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String python;
  private static LocalKafka kafka;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    python = Python.with("confluent_kafka", "avro.schema").orElse(null);
    String missing =
        "No Python with confluent_kafka and avro. Install the Debian packages python3-confluent-kafka and python3-avro.";
    if ("true".equals(System.getenv("CI"))) {
      assertThat(python).as(missing).isNotNull();
    }
    Assumptions.assumeTrue(python != null, missing);
    kafka = LocalKafka.at(folder).start();
  }

  @AfterAll
  static void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @Test
  void readsCommittedRowsOfTwoVersionsAndTombstones(@TempDir Path folder) throws Exception {
    for (FeatureSet set : List.of(FIRST, SECOND)) {
      Files.writeString(
          folder.resolve("v" + set.version() + ".avsc"), FeatureSchema.of(set).toString(true));
    }
    String topic = "acme.features.bearing";
    send(topic, new SingleObjectEncoder());

    List<JsonNode> rows = read(topic, "--schemas", folder.toString());

    assertThat(rows).hasSize(3);
    JsonNode first = rows.get(0);
    assertThat(first.path("key").asText()).isEqualTo("pump-1");
    assertThat(first.path("row").path("asset_id").asText()).isEqualTo("pump-1");
    assertThat(first.path("row").path("event_time").asText())
        .isEqualTo("2023-11-14T22:13:20.000+00:00");
    assertThat(first.path("row").path("rms_mean_1h").asDouble()).isEqualTo(2.5);
    assertThat(first.path("row").path("rms_max_1h").isNull()).isTrue();
    assertThat(first.path("row").path("kind").asText()).isEqualTo("LIVE");
    assertThat(rows.get(1).path("row").path("rms_std_1h").asDouble()).isEqualTo(0.1);
    assertThat(rows.get(1).path("row").has("rms_max_1h")).isFalse();
    assertThat(rows.get(2).path("row").isNull()).isTrue();
  }

  @Test
  void saysWhatIsMissingForARowOfARegistry() throws Exception {
    send("acme.features.registered", new ConfluentEncoder((s, x) -> new SchemaIds.Id(7, true)));

    Python.Result result =
        Python.run(command("acme.features.registered", List.of()).toArray(String[]::new));
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("value carries schema id 7 of a registry");
  }

  /** One row, one that is taken back, one of the next version, and a tombstone. */
  private static void send(String topic, AvroValueEncoder encoder) throws Exception {
    kafka.createTopics(List.of(new NewTopic(topic, 1, (short) 1)));
    Map<String, Object> properties =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic);
    byte[] key = "pump-1".getBytes(StandardCharsets.UTF_8);
    long at = 1_700_000_000_000L;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(topic, key, encoder.encode(topic, row(FIRST, at, 2.5, Double.NaN))));
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(topic, key, encoder.encode(topic, row(FIRST, at, -1, -1))));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(
          new ProducerRecord<>(
              topic, key, encoder.encode(topic, row(SECOND, at + 600_000, 3.5, 0.1))));
      producer.send(new ProducerRecord<>(topic, key, null));
      producer.commitTransaction();
    }
  }

  private static List<JsonNode> read(String topic, String... more) throws Exception {
    Python.Result result = Python.run(command(topic, List.of(more)).toArray(String[]::new));
    assertThat(result.exitCode()).as(result.output()).isZero();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : result.output().lines().toList()) {
      rows.add(JSON.readTree(line));
    }
    return rows;
  }

  private static List<String> command(String topic, List<String> more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                python,
                Python.SCRIPTS.resolve("read_rows.py").toString(),
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--topic",
                topic,
                "--idle-seconds",
                "8"));
    command.addAll(more);
    return command;
  }
}
