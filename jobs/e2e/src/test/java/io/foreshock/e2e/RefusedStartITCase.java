package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.ClientResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody can repair is said in one message each, with the way out and no stack trace. */
@ExtendWith(WithInstallation.class)
class RefusedStartITCase {

  @Test
  void helpListsTheOptionsAndStartsNothing(Installation installation) {
    ClientResult result =
        installation.flink().flink(List.of("run", Installation.jar().toString(), "--help"));
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("reorder.max-wait (default: 10 s)", "installation (required)")
        .doesNotContain("Exception");
  }

  @Test
  void unknownOptionAndWrongValue(Installation installation) {
    assertThat(
            refused(
                installation,
                installation.arguments("none", "reorder.max-wiat=5 s", "live.max-age=900")))
        .containsExactlyInAnyOrder(
            "Unknown option \"reorder.max-wiat\" (command line). Did you mean \"reorder.max-wait\"?",
            "live.max-age must be a duration with its unit, e.g. \"10 min\", but is \"900\" (command line). Use"
                + " e.g. \"15 min\".");
  }

  @Test
  void brokenPatternFile(Installation installation) throws Exception {
    Path file =
        Files.writeString(
            installation.folder().resolve("broken.yaml"),
            """
            pattern: broken
            version: 1
            description: Two things are wrong with it.
            source: test
            appliesTo: {assetClass: [pump]}
            symptoms:
              rough: {detector: threshold, channel: vibration_mm_s, above: 7.1 mm/s, clearBelow: 6.5 mm/s}
            sequence:
              - {stage: shakes, when: 'symptom == "rough"'}
            within: 1h
            detection: {component: bearing, failureMode: wear, severity: terrible}
            """);
    List<String> problems =
        refused(installation, installation.arguments("none", "patterns=" + file));
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0)).startsWith(file + ":7").contains("vibration_rms_mm_s");
    assertThat(problems.get(1)).startsWith(file + ":11").contains("severity", "critical");
  }

  @Test
  void brokerThatIsNotThere(Installation installation) {
    List<String> arguments =
        List.of(
            "-Dkafka.bootstrap-servers=127.0.0.1:1",
            "-Dkafka.check-timeout=3 s",
            "-Dinstallation=e2e",
            "-Dtenants=none");
    assertThat(refused(installation, arguments))
        .containsExactly(
            "Kafka does not answer on 127.0.0.1:1 within 3 s. Check kafka.bootstrap-servers, the network and kafka.client.* (security), then start again.");
  }

  @Test
  void missingTopicsDevicesThatSetTheClockAndTooLongTransactions(Installation installation) {
    installation
        .kafka()
        .createTopics(
            List.of(
                new NewTopic("half.telemetry.raw", 1, (short) 1)
                    .configs(Map.of("message.timestamp.type", "CreateTime"))));
    String servers = installation.kafka().bootstrapServers();
    assertThat(
            refused(
                installation,
                installation.arguments(
                    "half,none", "scope=halves", "kafka.transaction-timeout=1 h")))
        .containsExactly(
            "Topic \"half.detections\" does not exist on "
                + servers
                + ". Create it, or grant this job Describe on it.",
            "Topic \"none.telemetry.raw\" does not exist on "
                + servers
                + ". Create it with message.timestamp.type=LogAppendTime, or grant this job Describe on it.",
            "Topic \"none.detections\" does not exist on "
                + servers
                + ". Create it, or grant this job Describe on it.",
            "Topic \"half.telemetry.raw\" has message.timestamp.type=CreateTime, so devices would set the ingest"
                + " clock. Run kafka-configs.sh --bootstrap-server "
                + servers
                + " --alter --topic half.telemetry.raw --add-config message.timestamp.type=LogAppendTime, or set"
                + " source.allow-create-time=true for a simulation.",
            "kafka.transaction-timeout is 3600 s, but the brokers allow at most 900 s (transaction.max.timeout.ms)."
                + " Lower the option, or raise the brokers' limit.");
  }

  /** Runs the job, which must refuse to start, and returns its messages. */
  private static List<String> refused(Installation installation, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of("run", "--detached", Installation.jar().toString()));
    command.addAll(arguments);
    ClientResult result = installation.flink().flink(command);
    assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
    assertThat(result.output())
        .contains("Job precursors cannot start:")
        .doesNotContain("\tat ", "Exception");
    return result
        .output()
        .lines()
        .filter(line -> line.startsWith("  - "))
        .map(line -> line.substring(4))
        .toList();
  }
}
