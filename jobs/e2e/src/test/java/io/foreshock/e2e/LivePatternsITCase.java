package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.Foreshock;
import io.foreshock.codec.NearMissCodec;
import io.foreshock.codec.PatternCodec;
import io.foreshock.local.FlinkRest;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternStatus;
import io.foreshock.samples.Readings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** Patterns published by the command line to the packaged job, over a real broker. */
@ExtendWith(WithInstallation.class)
class LivePatternsITCase {
  private static final String TENANT = "live";
  private static final String TOPIC = "live.patterns";
  private static final AssetRef PUMP = new AssetRef(TENANT, "pump-1", "pump");

  private final List<String> printed = new ArrayList<>();
  private final long begin = System.currentTimeMillis();
  private int sequence;

  private static String pattern(String name, int version, String last) {
    return """
        pattern: %s
        version: %d
        sequence:
          - {stage: begins, when: 'fault.code == "A"'}
          - {stage: ends, when: 'fault.code == "%s"'}
        within: 1h
        onChange: %s
        detection: {component: bearing, failureMode: wear, severity: warning}
        """
        .formatted(name, version, last, name);
  }

  /** Fires with the first signal of the others: they have seen it then, too. */
  private static final String WITNESS =
      """
      pattern: witness
      version: 1
      sequence:
        - {stage: code, when: 'fault.code == "A"'}
      within: 1h
      detection: {component: bearing, failureMode: none, severity: watch}
      ---
      pattern: unrepaired
      version: 1
      sequence:
        - {stage: begins, when: 'fault.code == "A"'}
        - {stage: repaired, when: 'fault.code == "R"', contiguity: notFollowedBy}
        - {stage: ends, when: 'fault.code == "Z"'}
      within: 1h
      detection: {component: bearing, failureMode: wear, severity: warning}
      """;

  @Test
  void openMatchesEndAsTheNewVersionDeclaresOverASavepoint(Installation installation)
      throws Exception {
    String servers = installation.kafka().bootstrapServers();
    installation.createTopics(TENANT);
    Map<String, String> compacted = Map.of("cleanup.policy", "compact");
    installation
        .kafka()
        .createTopics(
            List.of(
                new NewTopic(TENANT + ".near-misses", 1, (short) 1),
                new NewTopic(TOPIC, 2, (short) 1).configs(compacted),
                new NewTopic(TOPIC + ".status", 2, (short) 1).configs(compacted)));
    Path witness = Files.writeString(installation.folder().resolve("witness.yaml"), WITNESS);
    List<String> arguments =
        installation.arguments(
            TENANT, "patterns=" + witness, "patterns.topic=" + TOPIC, "near-misses.write=true");
    FlinkRest rest = installation.flink().rest();
    String job =
        installation.flink().run(Installation.jar(), List.of("--parallelism", "2"), arguments);
    rest.awaitRunning(job, Duration.ofSeconds(60));

    Path first = files(installation, 1, "B");
    assertThat(publish(servers, first)).as(printed.toString()).isZero();
    assertThat(String.join("", printed)).contains("_all/drain is accepted by the job");
    try (KafkaProducer<byte[], byte[]> producer = producer(servers);
        CommittedReader<Detection> reader =
            new CommittedReader<>(servers, TENANT + ".detections", Episodes::detection)) {
      // Until the patterns have reached every task, which is soon after they were accepted.
      reader.readUntil(
          "the first match of each pattern",
          Duration.ofSeconds(20),
          seen -> {
            if (lines(seen).containsAll(List.of("drain v1", "drop v1", "keep v1"))) {
              return true;
            }
            fault(producer, "A");
            fault(producer, "B");
            return false;
          });
      fault(producer, "A");
      long expected = sequence;
      reader.readUntil(
          "the last A", Duration.ofSeconds(20), seen -> newest(seen, "witness") == expected);
      List<String> before = lines(reader.readToTheEnd());

      assertThat(publish(servers, files(installation, 2, "C"))).as(printed.toString()).isZero();
      String savepoint = rest.stopWithSavepoint(job, installation.flink().savepoints());
      job =
          installation
              .flink()
              .run(
                  Installation.jar(),
                  List.of("--parallelism", "2", "--fromSavepoint", savepoint),
                  arguments);
      rest.awaitRunning(job, Duration.ofSeconds(60));
      fault(producer, "B");
      fault(producer, "C");
      fault(producer, "A");
      fault(producer, "C");
      List<String> all =
          lines(
              reader.readUntil(
                  "the match of the pattern that gives up what is open",
                  Duration.ofSeconds(30),
                  seen -> lines(seen).contains("drop v2")));
      assertThat(all.subList(before.size(), all.size()).stream().filter(l -> !l.startsWith("w")))
          .containsExactlyInAnyOrder("drain v1", "keep v2", "drain v2", "keep v2", "drop v2");

      refusesABrokenDocument(installation, servers, producer);
      tellsNearMissesOnRequest(servers, producer);
      assertThat(rest.restarts(job)).as("restarts").isZero();
    }
    rest.stopWithSavepoint(job, installation.flink().savepoints());
  }

  private void refusesABrokenDocument(
      Installation installation, String servers, KafkaProducer<byte[], byte[]> producer)
      throws IOException {
    Path bad = installation.folder().resolve("bad.yaml");
    Files.writeString(bad, pattern("keep", 3, "D").replace("within: 1h", "within: 900"));
    assertThat(publish(servers, bad)).isEqualTo(2);
    assertThat(String.join("", printed)).contains("Nothing was published.").contains("within");

    // Past the command line: the job checks for itself.
    PatternDocument broken =
        new PatternDocument("", "keep", 3, Files.readString(bad), false, begin, "test");
    producer.send(
        new ProducerRecord<>(
            TOPIC, broken.key().getBytes(StandardCharsets.UTF_8), PatternCodec.encode(broken)));
    producer.flush();
    try (CommittedReader<PatternStatus> statuses =
        new CommittedReader<>(servers, TOPIC + ".status", LivePatternsITCase::status)) {
      List<PatternStatus> seen =
          statuses.readUntil(
              "the refusal",
              Duration.ofSeconds(20),
              all -> all.stream().anyMatch(s -> s.state() == PatternStatus.State.REFUSED));
      PatternStatus refusal = seen.get(seen.size() - 1);
      assertThat(refusal.key()).isEqualTo("_all/keep");
      assertThat(refusal.reasons()).anyMatch(reason -> reason.contains("within"));
    }
    Path json = installation.folder().resolve("patterns.json");
    assertThat(patterns(servers, "list", "--json", json.toString())).isZero();
    assertThat(Files.readString(json)).contains("_all/drain").contains("\"refused\"");
    assertThat(patterns(servers, "diff", files(installation, 2, "D").toString())).isEqualTo(1);
    assertThat(String.join("", printed))
        .contains("_all/drop: changed, same version (published v2, file v2)")
        .contains("fault.code == \"D\"");
    assertThat(patterns(servers, "pause", "drop", "--wait")).isZero();
    assertThat(String.join("", printed)).contains("_all/drop is paused by the job");
    assertThat(patterns(servers, "resume", "drop", "--wait")).isZero();
    assertThat(patterns(servers, "remove", "drop")).isZero();
    assertThat(patterns(servers, "pause", "drop")).isEqualTo(2);
    assertThat(String.join("", printed))
        .contains("Nothing is published under _all/drop. Published are: _all/drain, _all/keep.");
  }

  /** Of a pattern that comes from a file. */
  private void tellsNearMissesOnRequest(String servers, KafkaProducer<byte[], byte[]> producer) {
    assertThat(patterns(servers, "trace", "unrepaired", "--asset", PUMP.assetId(), "--wait"))
        .as(printed.toString())
        .isZero();
    assertThat(String.join("", printed))
        .contains("Near misses of unrepaired (every tenant, assets pump-1) are asked for")
        .contains("_trace/_all/unrepaired is accepted by the job");
    try (CommittedReader<NearMiss> reader =
        new CommittedReader<>(servers, TENANT + ".near-misses", LivePatternsITCase::nearMiss)) {
      List<NearMiss> told =
          reader.readUntil(
              "a near miss",
              Duration.ofSeconds(20),
              seen -> {
                fault(producer, "A");
                fault(producer, "R");
                return !seen.isEmpty();
              });
      NearMiss miss = told.get(0);
      assertThat(miss.pattern()).isEqualTo("unrepaired");
      assertThat(miss.reason()).isEqualTo(NearMiss.Reason.FORBIDDEN_STAGE);
      assertThat(List.of(miss.furthestStage(), miss.missingStage(), miss.endedByStage()))
          .containsExactly("begins", "ends", "repaired");
      assertThat(miss.endedBy().name()).isEqualTo("R");
    }
    assertThat(patterns(servers, "list")).isZero();
    assertThat(String.join("", printed))
        .contains("near misses of unrepaired (every tenant, assets pump-1) asked for");
    assertThat(patterns(servers, "trace", "unrepaired", "--off")).isZero();
    assertThat(patterns(servers, "trace", "unrepaired", "--off")).isEqualTo(2);
    assertThat(String.join("", printed)).contains("are not asked for");
  }

  private static NearMiss nearMiss(ConsumerRecord<byte[], byte[]> record) {
    try {
      return NearMissCodec.decode(record.value());
    } catch (IOException e) {
      throw new AssertionError("Not a near miss at offset " + record.offset(), e);
    }
  }

  private static Path files(Installation installation, int version, String last)
      throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("keep", "drain", "drop")) {
      all.append("---\n").append(pattern(name, version, last));
    }
    return Files.writeString(
        installation.folder().resolve("live-" + version + last + ".yaml"), all);
  }

  private int publish(String servers, Path file) {
    return patterns(servers, "publish", file.toString(), "--wait");
  }

  private int patterns(String servers, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine commandLine = Foreshock.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of("patterns"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", servers, "--topic", TOPIC));
    int code = commandLine.execute(all.toArray(new String[0]));
    printed.clear();
    printed.add(out.toString());
    return code;
  }

  private void fault(KafkaProducer<byte[], byte[]> producer, String code) {
    byte[] message =
        Readings.of(PUMP).sequence(sequence++).at(begin + sequence).fault(code).bytes();
    producer.send(
        new ProducerRecord<>(TENANT + ".telemetry.raw", PUMP.assetId().getBytes(), message));
    producer.flush();
  }

  /** Number of the message that the newest detection of a pattern came with. */
  private long newest(List<Detection> detections, String pattern) {
    return detections.stream()
        .filter(detection -> detection.pattern().equals(pattern))
        .mapToLong(detection -> detection.eventTimeMillis() - begin)
        .max()
        .orElse(0);
  }

  private static List<String> lines(List<Detection> detections) {
    return detections.stream().map(d -> d.pattern() + " v" + d.patternVersion()).toList();
  }

  private static PatternStatus status(ConsumerRecord<byte[], byte[]> record) {
    try {
      return PatternCodec.decodeStatus(record.value());
    } catch (IOException e) {
      throw new AssertionError("Not a status at offset " + record.offset(), e);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String servers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer());
  }
}
