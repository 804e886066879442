package io.foreshock.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.foreshock.alerts.AlertsGraph;
import io.foreshock.cli.TestConsole;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalKafka;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.notifier.Notifier;
import io.foreshock.notifier.NotifierOptions;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.samples.Readings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, the job {@code alerts} and the notifier around one real broker. */
class AlertsITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TENANT = "acme";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path folder;
  private static LocalKafka kafka;
  private static KafkaProducer<byte[], byte[]> producer;
  private static JobClient job;
  private static HttpServer people;
  private static Notifier notifier;
  private static final List<JsonNode> PAGES = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    kafka = LocalKafka.at(folder.resolve("kafka")).start();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    for (String tenant : List.of(TENANT, "idle")) {
      assertThat(
              run("tenants", "create", tenant, "--partitions", "1", "--replication", "1")
                  .exitCode())
          .isZero();
    }
    Configuration settings = new Configuration();
    settings.setString("execution.checkpointing.interval", "200 ms");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    AlertsGraph.build(
        environment,
        "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
        "-Dinstallation=cli",
        "-Dtenants=" + TENANT,
        // Each page goes out by itself, whatever the other tests do.
        "-Dstorm.window=1 ms",
        "-Dstorm.longest-window=1 ms");
    job = environment.executeAsync("alerts");
    listen();
    notifier = notifier();
  }

  private static void listen() throws IOException {
    people = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    people.createContext(
        "/",
        exchange -> {
          PAGES.add(MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    people.start();
  }

  private static Notifier notifier() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "of the test");
    return Notifier.start(
        Settings.read(
            NotifierOptions.ALL,
            CommandLine.parse(
                "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "-Dmetrics.port=-1",
                "-Ddefault-channels=hook",
                "-Dchannels.hook.type=webhook",
                "-Dchannels.hook.url=http://127.0.0.1:" + people.getAddress().getPort(),
                "-Dchannels.hook.secret=${file:" + secret + "}")));
  }

  @AfterAll
  static void stop() throws Exception {
    if (notifier != null) {
      notifier.close();
    }
    if (job != null) {
      job.cancel().get(30, TimeUnit.SECONDS);
    }
    if (people != null) {
      people.stop(0);
    }
    producer.close();
    kafka.close();
  }

  private record Said(int exitCode, String out, String err) {}

  private static Said run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--bootstrap-servers");
    all.add(kafka.bootstrapServers());
    TestConsole console = new TestConsole();
    int code = console.execute(all);
    return new Said(code, console.output(), console.errors());
  }

  private static Said alerts(String command, String... more) {
    List<String> all = new ArrayList<>(List.of("alerts", command, "--tenant", TENANT));
    all.addAll(Arrays.asList(more));
    return run(all.toArray(new String[0]));
  }

  private static void send(String topic, String key, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
  }

  /** A pump that shakes more and more, with the readings of the hour before. */
  private static void breaks(String asset) throws Exception {
    long now = System.currentTimeMillis();
    AssetRef pump = new AssetRef(TENANT, asset, "pump");
    Readings readings = Readings.of(pump).sequence(0);
    for (int minute = 60; minute >= 0; minute--) {
      readings.at(now - minute * 60_000L).reading("vibration_rms_mm_s", 2 + (60 - minute) * 0.1);
    }
    send(TENANT + ".telemetry.raw", asset, readings.bytes());
    Signal shaking =
        Signal.symptom(
            pump, true, "shaking", "vibration_rms_mm_s", now - 1_800_000, 5.1, 4.5, 5.1, false);
    Signal worse =
        Signal.symptom(pump, true, "worse", "vibration_rms_mm_s", now, 7.7, 7.1, 7.7, false);
    Detection detection =
        new Detection(
            UUID.nameUUIDFromBytes(asset.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", ""),
            pump,
            "bearing-wear",
            3,
            "bearing",
            "wear",
            Detection.Severity.CRITICAL,
            now,
            Duration.ofHours(48).toMillis(),
            false,
            List.of(
                new Detection.StageEvidence("shaking", List.of(shaking)),
                new Detection.StageEvidence("worse", List.of(worse))));
    send(TENANT + ".detections", asset, DetectionCodec.encode(detection));
    Await.until(
        "the alert", PATIENCE, () -> alerts("list", "--asset", asset).out().contains("/bearing/"));
  }

  private static JsonNode json(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }

  @Test
  void listsShowsAndDrawsWhatIsOpen() throws Exception {
    breaks("pump-1");
    Path file = folder.resolve("list.json");
    Said list = alerts("list", "--severity", "critical", "--json", file.toString());
    Said show = alerts("show", "pump-1", "--json", folder.resolve("show.json").toString());

    assertThat(list.exitCode()).isZero();
    assertThat(list.out()).contains("CRITICAL  raised").contains("pump-1/bearing/wear");
    assertThat(json(file).at("/list").findValuesAsText("id")).contains("pump-1/bearing/wear");
    assertThat(alerts("list", "--severity", "watch").out()).contains("No open alert is like this.");
    assertThat(show.err()).isEmpty();
    assertThat(show.exitCode()).isZero();
    assertThat(show.out())
        .contains("about     bearing, wear")
        .contains("history:")
        .contains("raised        CRITICAL")
        .contains("pattern bearing-wear, version 3")
        .contains("symptom shaking: vibration_rms_mm_s 5.10 mm/s, limit 4.50")
        .contains("by acme.telemetry.raw:")
        .containsPattern("8\\.0\\d │[\\u2800-\\u28FF]+")
        .containsPattern("4\\.0\\d │[\\u2800-\\u28FF]+")
        .contains("↑ seen");
    assertThat(
            json(folder.resolve("show.json")).at("/evidence/stages/1/signals/0/value").asDouble())
        .isEqualTo(7.7);
  }

  @Test
  void acknowledgesAndResolvesAndPeopleHearOfIt() throws Exception {
    breaks("pump-2");
    Await.until("the page", PATIENCE, () -> kinds("pump-2").contains("page"));
    Said acknowledged = alerts("ack", "pump-2", "--by", "eva", "--comment", "on my way");

    assertThat(acknowledged.err()).isEmpty();
    assertThat(acknowledged.exitCode()).isZero();
    assertThat(acknowledged.out())
        .contains("pump-2/bearing/wear: acknowledged, CRITICAL, taken care of by eva");
    assertThat(alerts("show", "pump-2", "--readings", "none").out())
        .contains("acknowledged  CRITICAL  by eva  on my way");

    Said resolved = alerts("resolve", "pump-2/bearing/wear", "--false-alarm", "--by", "eva");
    assertThat(resolved.exitCode()).as(resolved.err()).isZero();
    assertThat(resolved.out()).contains("resolved, CRITICAL, a false alarm");
    assertThat(alerts("list", "--asset", "pump-2").out()).contains("No open alert");
    assertThat(alerts("list", "--asset", "pump-2", "--all").out()).contains("resolved");
    Await.until("the page and its end", PATIENCE, () -> kinds("pump-2").contains("resolved"));
    assertThat(kinds("pump-2")).containsExactly("page", "acknowledged", "resolved");
    assertThat(
            PAGES.stream()
                .filter(page -> page.get("assetId").asText().equals("pump-2"))
                .map(page -> page.get("dedupKey").asText())
                .distinct())
        .hasSize(1);
  }

  private static List<String> kinds(String asset) {
    return PAGES.stream()
        .filter(page -> page.get("assetId").asText().equals(asset))
        .map(page -> page.get("kind").asText())
        .toList();
  }

  @Test
  void silencesAnAssetAndEndsTheSilence() throws Exception {
    breaks("pump-3");
    Said silence = alerts("silence", "--asset", "pump-3", "--for", "4h", "--comment", "repair");

    assertThat(silence.exitCode()).as(silence.err()).isZero();
    assertThat(silence.out()).contains("Silence of asset pump-3 until ").contains(": done.");
    Await.until(
        "the silence",
        PATIENCE,
        () -> alerts("list", "--asset", "pump-3", "--state", "silenced").out().contains("pump-3/"));
    assertThat(alerts("silence", "--asset", "pump-3", "--end").exitCode()).isZero();
    Await.until(
        "its end",
        PATIENCE,
        () ->
            !alerts("list", "--asset", "pump-3", "--state", "silenced").out().contains("pump-3/"));
  }

  @Test
  void saysWhatIsWrongAndWhoDoesNotAnswer() throws Exception {
    assertThat(alerts("ack", "fan-9").err())
        .contains("Tenant acme has no alert \"fan-9\". `alerts list --all` prints ids");
    assertThat(alerts("ack", "fan-9").exitCode()).isEqualTo(2);
    assertThat(alerts("silence", "--for", "4h").exitCode()).isEqualTo(2);
    assertThat(alerts("silence", "--asset", "a", "--for", "soon").err())
        .contains("\"soon\" is no length of time. Use e.g. 90m, 4h or 2d");
    assertThat(alerts("silence", "--asset", "a").err()).contains("Say how long with --for");
    assertThat(run("alerts", "list", "--tenant", "nobody").err())
        .contains("There is no topic nobody.alerts on ")
        .contains("tenants create nobody");

    Said unanswered =
        run("alerts", "silence", "--tenant", "idle", "--everything", "--for", "1h", "--wait", "3");
    assertThat(unanswered.exitCode()).isEqualTo(1);
    assertThat(unanswered.err())
        .contains("  2 s  no answer from the job alerts yet")
        .contains("the command is in Kafka, but within 3 s the job alerts has not answered.");
  }
}
