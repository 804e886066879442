package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.FlinkRest;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.samples.Readings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Time goes on where nobody speaks, because ingest writes ticks. */
@ExtendWith(WithInstallation.class)
class TickITCase {
  private static final String TENANT = "hollow";
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /** Beyond the silence; 0.5 s was measured (load 45 on two cores), and shared machines pause. */
  private static final Duration SLACK =
      Duration.ofSeconds(Long.getLong("foreshock.e2e.tick-slack-seconds", 15));

  private static final String PATTERN =
      """
      pattern: says-nothing
      version: 1
      description: Nothing arrives from an asset.
      source: test
      appliesTo: {assetClass: [pump]}
      symptoms:
        quiet: {detector: silence, for: 5s}
      sequence:
        - {stage: quiet, when: 'symptom == "quiet"'}
      within: 1h
      detection: {component: sensor, failureMode: silence, severity: watch}
      """;

  @Test
  void silenceIsSeenInATenantWithoutAnyTelemetry(Installation installation) throws Exception {
    installation.createTopics(TENANT);
    Path pattern = Files.writeString(installation.folder().resolve("says-nothing.yaml"), PATTERN);
    String servers = installation.kafka().bootstrapServers();
    FlinkRest rest = installation.flink().rest();
    String precursors =
        installation
            .flink()
            .run(
                Installation.jar(),
                List.of("--parallelism", "1"),
                installation.arguments(TENANT, "patterns=" + pattern, "source.idle-after=0 s"));
    String ingest =
        installation
            .flink()
            .run(
                Installation.jar("ingest"),
                List.of("--parallelism", "1"),
                installation.arguments(TENANT, "topics.create=true"));
    rest.awaitRunning(precursors, Duration.ofSeconds(60));
    rest.awaitRunning(ingest, Duration.ofSeconds(60));

    // One message in one of four partitions; from then on the tenant says nothing at all.
    long sent = send(servers);
    try (CommittedReader<Seen> reader =
        new CommittedReader<>(servers, TENANT + ".detections", Seen::of)) {
      Seen seen =
          reader
              .readUntil("the silence", SILENCE.plus(Duration.ofSeconds(60)), all -> !all.isEmpty())
              .get(0);
      assertThat(seen.detection().asset().assetId()).isEqualTo("pump-1");
      Duration after = Duration.ofMillis(seen.writtenMillis() - sent);
      System.out.println("Silence of " + SILENCE + " seen after " + after);
      assertThat(after).isBetween(SILENCE, SILENCE.plus(SLACK));
    } finally {
      rest.stopWithSavepoint(precursors, installation.flink().savepoints());
      rest.stopWithSavepoint(ingest, installation.flink().savepoints());
    }
  }

  private record Seen(Detection detection, long writtenMillis) {
    static Seen of(ConsumerRecord<byte[], byte[]> record) {
      return new Seen(Episodes.detection(record), record.timestamp());
    }
  }

  /** Returns the append time. */
  private static long send(String servers) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] message =
          Readings.of(new AssetRef(TENANT, "pump-1", "pump"))
              .sequence(0)
              .at(System.currentTimeMillis())
              .reading("vibration_rms_mm_s", 2.5)
              .bytes();
      return producer
          .send(new ProducerRecord<>(TENANT + ".telemetry.raw", "pump-1".getBytes(), message))
          .get()
          .timestamp();
    }
  }
}
