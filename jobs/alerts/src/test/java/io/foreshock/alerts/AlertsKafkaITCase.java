package io.foreshock.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.local.Await;
import io.foreshock.model.Alert;
import io.foreshock.model.Command.Action;
import io.foreshock.model.CommandAnswer;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job between topics of a real broker, across a savepoint. */
class AlertsKafkaITCase {
  private static final String POLICY =
      """
      policies:
        - policy: test
          steps:
            - {after: 0 s, tell: [{to: mail, severity: [warning, critical]}]}
            - {after: 20 s, tell: [{to: "pagerduty:chief", severity: critical}]}
      """;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @TempDir Path folder;

  private static void await(String what, Callable<Boolean> condition) {
    Await.until(what, Duration.ofSeconds(60), condition);
  }

  @Test
  void raisesTellsListensAndEscalatesOnTimeAfterASavepoint() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    String options = "escalation.policies=" + policy;
    try (AlertsOnKafka kafka = new AlertsOnKafka(folder.resolve("kafka"))) {
      kafka.place("pump-1", "vienna", "");
      kafka.place("pump-2", "graz", "");
      // The first start creates the topics that are missing.
      JobClient job = kafka.start(2, "", options, "storm.window=1 s");
      await("topics", () -> kafka.answers().isEmpty());

      kafka.detect("pump-1", "a".repeat(32), Severity.CRITICAL, false);
      kafka.detect("pump-1", "a".repeat(32), Severity.CRITICAL, false);
      kafka.detect("pump-2", "b".repeat(32), Severity.CRITICAL, false);
      kafka.detect("pump-3", "c".repeat(32), Severity.CRITICAL, true);
      kafka.send(TenantTopic.DETECTIONS.of("acme"), "x", new byte[] {1, 2, 3});
      kafka.send(TenantTopic.COMMANDS.of("acme"), "x", new byte[] {1, 2, 3});
      await("three alerts", () -> kafka.alerts().size() == 3);
      kafka.command(Action.ACKNOWLEDGE, "c-1", "pump-1/bearing/wear");
      kafka.command(Action.ACKNOWLEDGE, "c-2", "pump-9/bearing/wear");
      await("answers", () -> kafka.answers().size() == 3);

      Alert second = kafka.alerts().get("pump-2/bearing/wear");
      assertThat(second.site()).isEqualTo("graz");
      assertThat(second.detectionCount()).isEqualTo(1);
      assertThat(kafka.alerts().get("pump-1/bearing/wear").state())
          .isEqualTo(Alert.State.ACKNOWLEDGED);
      assertThat(kafka.alerts().get("pump-3/bearing/wear").state()).isEqualTo(Alert.State.EXPIRED);
      assertThat(kafka.answers())
          .extracting(CommandAnswer::accepted)
          .containsExactlyInAnyOrder(true, false, false);
      await("pages", () -> pages(kafka).size() == 2);
      assertThat(pages(kafka))
          .extracting(Notification::alertId)
          .containsExactlyInAnyOrder("pump-1/bearing/wear", "pump-2/bearing/wear");

      String savepoint =
          job.stopWithSavepoint(
                  false,
                  folder.resolve("savepoints").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .get();
      JobClient again = kafka.start(1, savepoint, options, "storm.window=1 s");
      await("escalation", () -> pages(kafka).size() == 3);

      Notification escalation =
          pages(kafka).stream().filter(page -> page.step() == 2).findFirst().orElseThrow();
      assertThat(escalation.alertId()).isEqualTo("pump-2/bearing/wear");
      assertThat(escalation.recipients())
          .containsExactly(new Notification.Recipient("pagerduty", "chief"));
      long due = second.history().get(0).atMillis() + 20_000;
      assertThat(escalation.createdAtMillis()).isBetween(due, due + 2_000);
      kafka.command(Action.RESOLVE, "c-3", "pump-2/bearing/wear");
      await(
          "resolved",
          () ->
              kafka.notifications().stream()
                  .anyMatch(message -> message.kind() == Notification.Kind.RESOLVED));
      again.cancel().get();
    }
  }

  private static List<Notification> pages(AlertsOnKafka kafka) {
    return kafka.notifications().stream()
        .filter(message -> message.kind() == Notification.Kind.PAGE)
        .toList();
  }
}
