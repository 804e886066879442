package io.foreshock.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.local.Await;
import io.foreshock.local.LocalAlertmanager;
import io.foreshock.local.LocalService;
import io.foreshock.proto.alert.v1.Alert;
import io.foreshock.proto.alert.v1.State;
import io.foreshock.proto.detection.v1.Severity;
import io.foreshock.proto.notification.v1.Kind;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Alertmanager, which tells a web server what it would tell people. */
@ExtendWith(NeedsAlertmanager.class)
class AlertmanagerITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String tenant = Kafka.newTenant();
  private final Receiver people = new Receiver();
  private LocalAlertmanager alertmanager;

  @BeforeEach
  void startAlertmanager() {
    alertmanager = LocalAlertmanager.start(Kafka.folder("alertmanager"), people.uri());
  }

  @AfterEach
  void stopAlertmanager() {
    alertmanager.close();
    people.close();
  }

  @Test
  void showsOneAlertUntilItIsResolved() throws IOException {
    try (Notifier notifier = notifier().start()) {
      Kafka.send(Pages.page(tenant, "pump-1"), Pages.page(tenant, "pump-2"));
      // The same again, as after a crash, and an escalation.
      Kafka.send(
          Pages.page(tenant, "pump-1"),
          Pages.page(tenant, "pump-1").setId(Pages.id("step 2")).setStep(2));
      List<JsonNode> shown = awaitAlerts(alerts -> alerts.size() == 2);

      assertThat(shown)
          .extracting(alert -> alert.at("/labels/asset").asText())
          .containsExactlyInAnyOrder("pump-1", "pump-2");
      JsonNode labels = shown.get(0).get("labels");
      assertThat(labels.get("alertname").asText()).isEqualTo("bearing wear");
      assertThat(labels.get("tenant").asText()).isEqualTo(tenant);
      assertThat(labels.get("severity").asText()).isEqualTo("critical");
      assertThat(labels.get("team").asText()).isEqualTo("reliability");
      assertThat(shown.get(0).at("/annotations/description").asText()).contains("worse 7.7 mm/s");

      people.await(2);
      Kafka.send(Pages.resolved(tenant, "pump-1"));
      awaitAlerts(alerts -> alerts.size() == 1);
      people.await(
          "people to hear that it is over",
          told ->
              told.stream()
                  .anyMatch(request -> request.json().get("status").asText().equals("resolved")));
      assertThat(firing()).as("each was told once").hasSize(2);
      assertThat(notifier.failure()).isNotDone();
    }
  }

  /** Without repeats it would end after four seconds here. */
  @Test
  void keepsOpenWhatIsOpenAcrossRestartsOfBoth() throws IOException {
    try (LocalService notifier = notifier().process()) {
      Kafka.send(Pages.page(tenant, "pump-1"));
      Instant first = awaitEnd(Instant.EPOCH);
      awaitEnd(first.plusSeconds(5));
      notifier.kill();
    }
    Instant end = awaitEnd(Instant.EPOCH);
    try (Notifier next = notifier().start()) {
      awaitEnd(end.plusSeconds(1));
      alertmanager.kill();
      alertmanager.restart();
      awaitAlerts(alerts -> alerts.size() == 1);
      assertThat(next.failure()).isNotDone();
    }
  }

  @Test
  void endsWhatTheJobHasClosedWithoutAPage() throws IOException {
    try (Notifier notifier = notifier().start()) {
      Kafka.send(Pages.page(tenant, "pump-1"), Pages.page(tenant, "pump-2"));
      awaitAlerts(alerts -> alerts.size() == 2);
      Alert closed =
          Alert.newBuilder()
              .setId("pump-1/bearing/wear")
              .setTenant(tenant)
              .setState(State.STATE_EXPIRED)
              .setUpdatedAtEpochMillis(System.currentTimeMillis() + 1)
              .build();
      Kafka.send(TenantTopic.ALERTS.of(tenant), closed.getId(), closed.toByteArray());
      List<JsonNode> left = awaitAlerts(alerts -> alerts.size() == 1);

      assertThat(left.get(0).at("/labels/asset").asText()).isEqualTo("pump-2");
      assertThat(notifier.failure()).isNotDone();
    }
  }

  @Test
  void endsTheOldSeverityWhenItChanges() throws IOException {
    try (Notifier notifier = notifier().start()) {
      Kafka.send(Pages.page(tenant, "pump-1").setSeverity(Severity.SEVERITY_WARNING));
      awaitAlerts(alerts -> alerts.size() == 1);
      Kafka.send(
          Pages.page(tenant, "pump-1")
              .setId(Pages.id("worse"))
              .setKind(Kind.KIND_UPDATE)
              .setSeverity(Severity.SEVERITY_CRITICAL));
      List<JsonNode> shown =
          awaitAlerts(
              alerts ->
                  alerts.size() == 1
                      && alerts.get(0).at("/labels/severity").asText().equals("critical"));
      assertThat(shown).hasSize(1);
      assertThat(notifier.failure()).isNotDone();
    }
  }

  private Notifiers notifier() {
    return Notifiers.of(tenant)
        .with("default-channels", "ops")
        .with("channels.ops.type", "alertmanager")
        .with("channels.ops.urls", alertmanager.url())
        .with("channels.ops.labels.team", "reliability")
        .with("channels.ops.resend-interval", "1 s");
  }

  private List<JsonNode> awaitAlerts(Predicate<List<JsonNode>> condition) throws IOException {
    Await.until("alerts in Alertmanager", PATIENCE, () -> condition.test(alerts()));
    return alerts();
  }

  private List<JsonNode> alerts() throws IOException {
    List<JsonNode> alerts = new ArrayList<>();
    MAPPER.readTree(alertmanager.alerts()).forEach(alerts::add);
    return alerts;
  }

  /** Waits until the only alert ends later than this, as far as Alertmanager knows; says when. */
  private Instant awaitEnd(Instant later) {
    Instant[] end = new Instant[1];
    Await.until(
        "an alert to go on after " + later,
        PATIENCE,
        () -> {
          end[0] = Instant.parse(alerts().get(0).get("endsAt").asText());
          return end[0].isAfter(later);
        });
    return end[0];
  }

  private List<Receiver.Request> firing() {
    return people.requests().stream()
        .filter(request -> request.json().get("status").asText().equals("firing"))
        .toList();
  }
}
