package io.foreshock.cli.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.TestConsole;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.ingest.IngestGraph;
import io.foreshock.local.Await;
import io.foreshock.model.AssetRef;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Readings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters through a real broker and the whole job: out, repaired, and in again, once. */
class ReplayThroughIngestITCase {
  private static final String TENANT = "round";
  private static final long DAY = 86_400_000L;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private LetterBox box;
  private JobClient job;

  @BeforeEach
  void start() throws Exception {
    box = new LetterBox(folder);
    box.createTopics(TENANT, ".telemetry", ".telemetry.backfill");
    Configuration settings = new Configuration();
    settings.setString("execution.checkpointing.interval", "200 ms");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    IngestGraph.build(
        environment,
        "-Dkafka.bootstrap-servers=" + box.servers(),
        "-Dinstallation=replay",
        "-Dtenants=" + TENANT,
        "-Dreorder.max-wait=500 ms");
    job = environment.executeAsync("ingest");
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      job.cancel().get(30, TimeUnit.SECONDS);
    }
    box.close();
  }

  @Test
  void aMessageWhoseNumberWasGivenUpComesBackOnce() throws Exception {
    long now = System.currentTimeMillis();
    send("pump-1", 0, now);
    // Number 1 claims another tenant: nothing of it can be trusted, so it is waited for and lost.
    box.send(
        TENANT,
        "pump-1",
        Readings.of(new AssetRef("other", "pump-1", "pump"))
            .sequence(1)
            .at(now + 1)
            .reading("shaft_speed_rpm", 1)
            .bytes());
    send("pump-1", 2, now + 2);
    Await.until("a letter", PATIENCE, () -> box.records(TENANT + ".telemetry.dlq").size() == 1);
    Await.until("the gap to be given up", PATIENCE, () -> sequences("pump-1").contains(2L));

    assertThat(replay("--accept-tenant").output()).contains("1 replayed");
    Await.until("the message", PATIENCE, () -> withContent(".telemetry.backfill").size() == 1);
    TelemetryBatch back = withContent(".telemetry.backfill").get(0);
    assertThat(back.messageId()).startsWith("round.telemetry.raw/0/").endsWith("/-1");
    assertThat(back.measurements()).hasSize(1);

    assertThat(replay("--accept-tenant").output())
        .contains("0 replayed")
        .contains("1 replayed already");
    // Even sent again it is a repeat to the job.
    assertThat(replay("--accept-tenant", "--again").output()).contains("1 replayed");
    send("pump-1", 3, now + 3);
    Await.until("what follows", PATIENCE, () -> sequences("pump-1").contains(3L));
    assertThat(withContent(".telemetry.backfill")).hasSize(1);
    assertThat(withContent(".telemetry")).extracting(TelemetryBatch::messageId).containsOnly("");
  }

  @Test
  void anItemOfAMessageThatHasPassedComesBackOnce() throws Exception {
    long now = System.currentTimeMillis();
    box.send(
        TENANT,
        "pump-2",
        Readings.of(new AssetRef(TENANT, "pump-2", "pump"))
            .sequence(0)
            .at(now)
            .reading("shaft_speed_rpm", 1480)
            .at(now + DAY + 100)
            .reading("shaft_speed_rpm", 1490)
            .bytes());
    Await.until("a letter", PATIENCE, () -> box.records(TENANT + ".telemetry.dlq").size() == 1);
    Await.until("the rest", PATIENCE, () -> sequences("pump-2").contains(0L));

    assertThat(replay("--shift-time", "-24h").output()).contains("1 replayed");
    Await.until("the item", PATIENCE, () -> withContent(".telemetry").size() == 2);
    assertThat(replay("--shift-time", "-24h", "--again").output()).contains("1 replayed");
    send("pump-2", 1, now + 200);
    Await.until("what follows", PATIENCE, () -> sequences("pump-2").contains(1L));

    List<TelemetryBatch> telemetry = withContent(".telemetry");
    assertThat(telemetry).hasSize(3);
    assertThat(telemetry.get(1).messageId()).isEqualTo("round.telemetry.raw/0/" + item() + "/1");
    assertThat(telemetry.get(1).measurements())
        .singleElement()
        .matches(reading -> reading.value() == 1490 && reading.eventTimeMillis() == now + 100);
    assertThat(withContent(".telemetry.backfill")).isEmpty();
  }

  /** Offset of the message; ticks of the job lie around it. */
  private long item() throws Exception {
    return box.records(TENANT + ".telemetry.raw").stream()
        .filter(record -> record.key() != null && record.headers().toArray().length == 0)
        .findFirst()
        .orElseThrow()
        .offset();
  }

  private void send(String device, long sequence, long time) throws Exception {
    box.send(
        TENANT,
        device,
        Readings.of(new AssetRef(TENANT, device, "pump"))
            .sequence(sequence)
            .at(time)
            .reading("shaft_speed_rpm", 1480)
            .bytes());
  }

  private List<Long> sequences(String device) throws Exception {
    return withContent(".telemetry").stream()
        .filter(batch -> batch.deviceId().equals(device) && batch.isSequenced())
        .map(TelemetryBatch::sequence)
        .toList();
  }

  private List<TelemetryBatch> withContent(String topic) throws Exception {
    List<TelemetryBatch> batches = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : box.records(TENANT + topic)) {
      TelemetryBatch batch = TelemetryCodec.parseClean(record.value(), TENANT);
      if (!batch.measurements().isEmpty()) {
        batches.add(batch);
      }
    }
    return batches;
  }

  private TestConsole replay(String... more) {
    TestConsole console = new TestConsole();
    List<String> arguments = new ArrayList<>(List.of("dlq", "replay", "--tenant", TENANT));
    arguments.addAll(Arrays.asList(more));
    arguments.addAll(List.of("--bootstrap-servers", box.servers(), "--verbose"));
    assertThat(console.execute(arguments)).as(console.errors() + console.output()).isZero();
    return console;
  }
}
