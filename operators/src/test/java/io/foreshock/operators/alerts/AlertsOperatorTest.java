package io.foreshock.operators.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Alert;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Command;
import io.foreshock.model.Command.Action;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification;
import io.foreshock.model.Notification.Kind;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertsOperatorTest {
  private static final long START = MachineDriver.START;
  private static final AlertRules RULES =
      AlertRules.DEFAULT.with(
          List.of(MachineDriver.policy(Duration.ofMinutes(10), Duration.ofMinutes(30), 2)));

  private static final long MINUTE = 60_000;

  private static Detection detection(String asset, String id, Severity severity, long eventTime) {
    return detection(asset, id, "bearing", "wear", severity, eventTime, false);
  }

  private static Detection detection(
      String asset,
      String id,
      String component,
      String failureMode,
      Severity severity,
      long eventTime,
      boolean backlog) {
    return new Detection(
        id,
        new AssetRef(Assets.TENANT, asset, "pump"),
        "bearing-wear",
        3,
        component,
        failureMode,
        severity,
        eventTime,
        0,
        backlog,
        List.of());
  }

  private static Command groupCommand(Action action, String id, String site, long until) {
    return new Command(
        Assets.TENANT, id, START, "eva", "", site, "", "", action, "", "", 0, until, "", 0, 7);
  }

  @Test
  void tenThousandDetectionsOfOneSiteInASecondAreOnePageAndOneSummaryAndAllOnRecord()
      throws Exception {
    try (AlertsHarness alerts = AlertsHarness.start(RULES, true)) {
      alerts.place = new Placement("pump", "vienna", "Europe/Vienna", List.of("vienna"));
      for (int i = 0; i < 10_000; i++) {
        if (i % 10 == 0) {
          alerts.at(START + i / 10);
        }
        Severity severity = Severity.values()[1 + i % 2];
        alerts.send(detection("pump-" + i % 2_500, "%032x".formatted(i), severity, START + i / 10));
      }
      alerts.until(START + 9 * MINUTE);

      assertThat(alerts.messages).hasSize(2);
      Notification page = alerts.messages.get(0);
      assertThat(page.kind()).isEqualTo(Kind.PAGE);
      assertThat(page.createdAtMillis()).isEqualTo(START);
      Notification summary = alerts.messages.get(1);
      assertThat(summary.kind()).isEqualTo(Kind.SUMMARY);
      assertThat(summary.createdAtMillis()).isBetween(START + 10_000, START + 11_000);
      assertThat(summary.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(summary.alertIds()).hasSize(20);
      assertThat(summary.recipients()).isEqualTo(MachineDriver.FIRST);
      assertThat(alerts.alerts).hasSize(2_500);
      assertThat(alerts.alerts.values().stream().mapToLong(Alert::detectionCount).sum())
          .isEqualTo(10_000);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void escalatesOnTimeAfterARestoreWithAnotherParallelism(boolean rocks) throws Exception {
    AlertsHarness.State state;
    try (AlertsHarness before = AlertsHarness.start(RULES, rocks)) {
      for (int i = 0; i < 20; i++) {
        before.at(START + i);
        before.send(detection("pump-" + i, "%032x".formatted(i), Severity.CRITICAL, START + i));
      }
      before.until(START + 4 * MINUTE);
      assertThat(before.alerts.values()).allMatch(alert -> alert.escalationStep() == 1);
      state = before.snapshot();
    }
    int escalated = 0;
    for (int subtask = 0; subtask < 3; subtask++) {
      try (AlertsHarness after =
          AlertsHarness.restore(RULES, state, 1, subtask, 3, rocks, START + 6 * MINUTE)) {
        after.at(START + 10 * MINUTE - 1);
        assertThat(after.revisions).isEmpty();
        for (int i = 0; i < 20; i++) {
          after.at(START + 10 * MINUTE + i);
        }
        for (Alert alert : after.alerts.values()) {
          assertThat(alert.state()).isEqualTo(Alert.State.ESCALATED);
          int number = Integer.parseInt(alert.asset().assetId().substring("pump-".length()));
          assertThat(alert.updatedAtMillis()).isEqualTo(START + 10 * MINUTE + number);
          escalated++;
        }
      }
    }
    assertThat(escalated).isEqualTo(20);
  }

  @Test
  void readsWhatCameMeanwhileBeforeItSendsWhatWasDueMeanwhile() throws Exception {
    AlertsHarness.State state;
    try (AlertsHarness before = AlertsHarness.start(RULES)) {
      before.send(detection("pump-1", "a".repeat(32), Severity.CRITICAL, START));
      before.send(detection("pump-2", "b".repeat(32), Severity.CRITICAL, START));
      before.until(START + MINUTE);
      state = before.snapshot();
    }
    long restarted = START + 120 * MINUTE;
    try (AlertsHarness after = AlertsHarness.restore(RULES, state, 1, 0, 1, false, restarted)) {
      after.at(restarted + 2_000);
      after.send(MachineDriver.command(Action.ACKNOWLEDGE, "c-1", "pump-1/bearing/wear", "", 0, 0));
      after.at(restarted + 9_999);
      assertThat(after.messages(Kind.PAGE)).isEmpty();
      after.until(restarted + 9 * MINUTE);

      assertThat(after.alerts.get("pump-1/bearing/wear").state())
          .isEqualTo(Alert.State.ACKNOWLEDGED);
      // Both steps were due meanwhile; people have the time between them all the same.
      assertThat(after.messages(Kind.PAGE))
          .extracting(Notification::alertId, Notification::step)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("pump-2/bearing/wear", 2));
    }
  }

  @Test
  void backlogGoesOnRecordAndPagesNobody() throws Exception {
    try (AlertsHarness alerts = AlertsHarness.start(RULES)) {
      alerts.send(
          detection("pump-1", "a".repeat(32), "bearing", "wear", Severity.CRITICAL, START, true));
      alerts.send(detection("pump-1", "b".repeat(32), Severity.CRITICAL, START - 25 * 60 * MINUTE));
      alerts.until(START + 60 * MINUTE);

      Alert alert = alerts.alerts.get("pump-1/bearing/wear");
      assertThat(alert.state()).isEqualTo(Alert.State.EXPIRED);
      assertThat(alert.recordedCount()).isEqualTo(2);
      assertThat(alerts.messages).isEmpty();

      alerts.send(detection("pump-1", "c".repeat(32), Severity.WARNING, START + 60 * MINUTE));
      alerts.send(
          detection("pump-1", "d".repeat(32), "bearing", "wear", Severity.CRITICAL, START, true));

      alert = alerts.alerts.get("pump-1/bearing/wear");
      assertThat(alert.state()).isEqualTo(Alert.State.RAISED);
      assertThat(alert.severity()).isEqualTo(Severity.WARNING);
      assertThat(alert.recordedCount()).isEqualTo(3);
      assertThat(alerts.messages(Kind.PAGE)).hasSize(1);
    }
  }

  @Test
  void keepsNothingOfWhatIsOver() throws Exception {
    try (AlertsHarness alerts = AlertsHarness.start(RULES)) {
      for (int i = 0; i < 50; i++) {
        alerts.at(START + i);
        alerts.send(detection("pump-" + i, "%032x".formatted(i), Severity.CRITICAL, START + i));
      }
      alerts.send(
          MachineDriver.command(
              Action.SILENCE, "c-1", "", "", 0, START + Duration.ofDays(1).toMillis()));
      assertThat(alerts.keptStates()).isGreaterThan(50);

      for (long day = 1; day <= 40; day++) {
        for (int hour = 0; hour < 24; hour++) {
          alerts.at(START + Duration.ofDays(day).toMillis() + hour * 60 * MINUTE);
        }
      }

      assertThat(alerts.keptStates()).isZero();
      assertThat(alerts.timers()).isZero();
      assertThat(alerts.alerts).isEmpty();
      assertThat(alerts.messages(Kind.RESOLVED))
          .extracting(Notification::alertId)
          .contains("pump-0/bearing/wear");
    }
  }

  @Test
  void silencesASiteAndTellsAfterwards() throws Exception {
    try (AlertsHarness alerts = AlertsHarness.start(RULES)) {
      alerts.place = new Placement("pump", "vienna", "", List.of("vienna"));
      alerts.send(detection("pump-1", "a".repeat(32), Severity.WARNING, START));
      alerts.send(groupCommand(Action.SILENCE, "s-1", "vienna", START + 30 * MINUTE));
      assertThat(alerts.answers).singleElement().matches(answer -> answer.accepted());
      assertThat(alerts.alerts.get("pump-1/bearing/wear").state()).isEqualTo(Alert.State.SILENCED);
      alerts.until(START + MINUTE);
      alerts.send(detection("pump-2", "b".repeat(32), Severity.CRITICAL, START + MINUTE));
      alerts.place = new Placement("pump", "graz", "", List.of("graz"));
      alerts.send(detection("pump-3", "c".repeat(32), Severity.CRITICAL, START + MINUTE));
      alerts.until(START + 2 * MINUTE);
      assertThat(alerts.messages(Kind.PAGE))
          .extracting(Notification::alertId)
          .containsExactly("pump-1/bearing/wear", "pump-3/bearing/wear");

      alerts.until(START + 31 * MINUTE);

      Alert second = alerts.alerts.get("pump-2/bearing/wear");
      assertThat(second.state()).isEqualTo(Alert.State.RAISED);
      assertThat(alerts.messages(Kind.PAGE))
          .filteredOn(page -> page.alertId().equals(second.id()))
          .singleElement()
          .matches(page -> page.createdAtMillis() == START + 30 * MINUTE);

      alerts.send(groupCommand(Action.UNSILENCE, "u-1", "vienna", 0));
      assertThat(alerts.answers.get(1).reason())
          .isEqualTo("no silence or maintenance window of this group is in force");
    }
  }

  @Test
  void holdsPagesBelowAParentThatIsDown() throws Exception {
    try (AlertsHarness alerts = AlertsHarness.start(RULES)) {
      alerts.send(
          detection(
              "gateway", "a".repeat(32), "power", "offline", Severity.CRITICAL, START, false));
      alerts.until(START + MINUTE);
      alerts.place = new Placement("pump", "", "", List.of("skid", "gateway"));
      for (int i = 1; i <= 5; i++) {
        alerts.send(
            detection("pump-" + i, "%032x".formatted(i), Severity.CRITICAL, START + MINUTE));
      }
      alerts.until(START + 2 * MINUTE);
      assertThat(alerts.messages(Kind.PAGE))
          .extracting(Notification::alertId)
          .containsExactly("gateway/power/offline");
      assertThat(alerts.alerts).hasSize(6);

      alerts.send(MachineDriver.command(Action.RESOLVE, "r-1", "pump-1/bearing/wear", "", 0, 0));
      alerts.place = Placement.UNKNOWN;
      alerts.send(
          new Command(
              Assets.TENANT,
              "r-2",
              START + 2 * MINUTE,
              "eva",
              "gateway",
              "",
              "",
              "",
              Action.RESOLVE,
              "gateway/power/offline",
              "",
              0,
              0,
              "",
              0,
              0));
      alerts.until(START + 6 * MINUTE);

      List<Notification> later = new ArrayList<>(alerts.messages);
      later.removeIf(message -> message.alertId().equals("gateway/power/offline"));
      assertThat(later).extracting(Notification::kind).containsExactly(Kind.PAGE, Kind.SUMMARY);
      assertThat(later.get(0).createdAtMillis()).isEqualTo(START + MINUTE);
      assertThat(later.get(1).alertCount()).isEqualTo(3);
    }
  }

  private static Command about(Action action, String id, String alertId) {
    String asset = alertId.substring(0, alertId.indexOf('/'));
    return new Command(
        Assets.TENANT, id, START, "eva", asset, "", "", "", action, alertId, "", 0, 0, "", 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESOLVE", "ACKNOWLEDGE"})
  void aPageThatWaitsInAStormDoesNotGoOutWhenSomebodyHasTakenCare(String action) throws Exception {
    try (AlertsHarness alerts = AlertsHarness.start(RULES)) {
      for (int i = 1; i <= 4; i++) {
        alerts.send(detection("pump-" + i, "%032x".formatted(i), Severity.WARNING, START));
      }
      alerts.until(START + 1_000);
      alerts.send(about(Action.valueOf(action), "c-2", "pump-2/bearing/wear"));
      alerts.until(START + 11_000);
      assertThat(alerts.messages(Kind.PAGE)).hasSize(1);
      Notification summary = alerts.messages(Kind.SUMMARY).get(0);
      assertThat(summary.alertIds()).containsExactly("pump-3/bearing/wear", "pump-4/bearing/wear");
      assertThat(summary.text()).contains("3 pages in", "1 of them over or acknowledged");

      alerts.send(detection("pump-5", "e".repeat(32), Severity.WARNING, START + 11_000));
      alerts.send(about(Action.valueOf(action), "c-5", "pump-5/bearing/wear"));
      alerts.until(START + 60_000);
      assertThat(alerts.messages).as("the one page of a window, taken back").hasSize(2);
    }
  }

  @Test
  void heldPagesGoOutAfterTheTimeThatIsWaitedForAndToAllThatTheyWereFor() throws Exception {
    try (AlertsHarness alerts = AlertsHarness.start(RULES)) {
      alerts.send(
          detection("gateway", "a".repeat(32), "power", "offline", Severity.WARNING, START, false));
      alerts.place = new Placement("pump", "", "", List.of("gateway"));
      alerts.send(detection("pump-1", "b".repeat(32), Severity.CRITICAL, START));
      // The second step is due while the page of the first is held.
      long back = START + 11 * MINUTE;
      alerts.until(back);
      alerts.place = Placement.UNKNOWN;
      alerts.send(about(Action.RESOLVE, "r-1", "gateway/power/offline"));
      // Opens a window, whose timer comes before the release.
      alerts.send(detection("fan-1", "c".repeat(32), Severity.WARNING, back));
      alerts.until(back + 2 * MINUTE - 1_000);
      assertThat(alerts.messages)
          .noneMatch(message -> message.alertId().equals("pump-1/bearing/wear"));

      alerts.until(back + 2 * MINUTE);

      List<Notification.Recipient> both = new ArrayList<>(MachineDriver.FIRST);
      both.addAll(MachineDriver.SECOND);
      assertThat(alerts.messages(Kind.PAGE))
          .filteredOn(page -> page.alertId().equals("pump-1/bearing/wear"))
          .singleElement()
          .matches(page -> page.step() == 2)
          .matches(page -> page.recipients().equals(both));
    }
  }

  @Test
  void answersCommandsThatCannotBeCarriedOut() throws Exception {
    try (AlertsHarness alerts = AlertsHarness.start(RULES)) {
      alerts.send(
          MachineDriver.command(Action.ACKNOWLEDGE, "c-1", "pump-1/bearing/wear", "", 0, 0));
      alerts.send(detection("pump-1", "a".repeat(32), Severity.CRITICAL, START));
      alerts.send(
          MachineDriver.command(Action.ACKNOWLEDGE, "c-2", "pump-1/bearing/wear", "", 0, 0));
      alerts.send(
          MachineDriver.command(Action.ACKNOWLEDGE, "c-3", "pump-1/bearing/wear", "", 0, 0));
      alerts.send(
          MachineDriver.command(Action.ACKNOWLEDGE, "c-2", "pump-1/bearing/wear", "", 0, 0));
      alerts.send(MachineDriver.command(Action.SILENCE, "c-4", "", "", 0, START));

      assertThat(alerts.answers)
          .extracting(answer -> answer.commandId() + ": " + answer.reason())
          .containsExactly(
              "c-1: there is no alert \"pump-1/bearing/wear\"",
              "c-2: ",
              "c-3: alert \"pump-1/bearing/wear\" is acknowledged by eva",
              "c-4: it ends in the past");
      assertThat(alerts.keptStates()).isPositive();
    }
  }
}
