package io.foreshock.operators.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Alert;
import io.foreshock.model.Command.Action;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification;
import io.foreshock.model.Notification.Kind;
import io.foreshock.operators.alerts.EscalationPolicy.Scope;
import io.foreshock.operators.alerts.EscalationPolicy.Step;
import io.foreshock.operators.alerts.EscalationPolicy.Target;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertMachineTest {
  private static final long START = MachineDriver.START;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final String ID = "pump-1/bearing/wear";

  private static final AlertRules RULES =
      AlertRules.DEFAULT.with(
          List.of(MachineDriver.policy(Duration.ofMinutes(10), Duration.ofMinutes(30), 2)));

  private final MachineDriver machine = new MachineDriver(RULES);

  @Test
  void pagesAtOnceAndCorrectsTheAlertWhenAnEarlierDetectionComesLater() throws Exception {
    machine.until(START + 2_000);
    machine.detect(MachineDriver.detection("late", Severity.CRITICAL, START + 2_000));
    assertThat(machine.messages(Kind.PAGE)).hasSize(1);
    machine.until(START + 5_000);
    machine.detect(MachineDriver.detection("early", Severity.WARNING, START));

    assertThat(machine.messages(Kind.PAGE)).hasSize(1);
    Alert alert = machine.alert();
    assertThat(alert.revision()).isEqualTo(2);
    assertThat(alert.firstSeenMillis()).isEqualTo(START);
    assertThat(alert.evidence().detectionId()).isEqualTo("late");
    assertThat(alert.history())
        .extracting(Alert.Transition::cause, Alert.Transition::severity)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("early", Severity.WARNING),
            org.assertj.core.groups.Tuple.tuple("late", Severity.CRITICAL));
  }

  @Test
  void withdrawsAPageWhenWhatWasSeenTurnsOutToBelongToMaintenance() throws Exception {
    machine.until(START);
    machine.detect(MachineDriver.detection("d", Severity.CRITICAL, START));
    assertThat(machine.messages(Kind.PAGE)).hasSize(1);

    machine.command(
        MachineDriver.command(Action.MAINTENANCE_WINDOW, "window", "", "", START, START + MINUTE));

    assertThat(machine.alert().state()).isEqualTo(Alert.State.EXPIRED);
    assertThat(machine.alert().recordedCount()).isEqualTo(1);
    assertThat(machine.messages(Kind.RESOLVED))
        .singleElement()
        .extracting(Notification::text)
        .asString()
        .contains("is withdrawn: what was seen belongs to a maintenance window");
  }

  @Test
  void holdsAnAlertOpenThatComesAndGoes() throws Exception {
    long time = START;
    for (int i = 0; i < 6; i++) {
      machine.until(time);
      machine.detect(MachineDriver.detection("d" + i, Severity.WARNING, time));
      time += 73 * HOUR;
    }
    // Apart by more than the window of flapping: each is a trouble of its own.
    assertThat(machine.messages(Kind.PAGE)).filteredOn(page -> page.repeat() == 0).hasSize(6);

    MachineDriver flapping =
        new MachineDriver(
            new AlertRules(
                RULES.disorder(),
                Duration.ofMinutes(5),
                RULES.stepDownAfter(),
                2,
                Duration.ofHours(4),
                RULES.forgetAfter(),
                RULES.pageMaxAge(),
                RULES.startGrace(),
                10,
                Set.of(),
                RULES.releaseAfter(),
                RULES.storm(),
                RULES.policies()));
    time = START;
    for (int i = 0; i < 8; i++) {
      flapping.until(time);
      flapping.detect(MachineDriver.detection("d" + i, Severity.WARNING, time));
      time += 10 * MINUTE;
    }
    assertThat(flapping.alert().flapping()).isTrue();
    assertThat(flapping.messages(Kind.PAGE)).hasSize(3);
    assertThat(flapping.messages(Kind.UPDATE))
        .singleElement()
        .matches(message -> message.text().contains("comes and goes"));
    assertThat(flapping.alert().occurrence()).isEqualTo(4);
    flapping.until(time + 5 * HOUR);
    assertThat(flapping.alert().state()).isEqualTo(Alert.State.EXPIRED);
    flapping.detect(MachineDriver.detection("later", Severity.WARNING, flapping.now));
    assertThat(flapping.messages(Kind.PAGE)).hasSize(4);
  }

  @Test
  void pagesAgainWhenItGetsWorseThanWhatWasAcknowledged() throws Exception {
    machine.detect(MachineDriver.detection("a", Severity.WARNING, START));
    machine.command(MachineDriver.command(Action.ACKNOWLEDGE, "c-1", ID, "", 0, 0));
    machine.until(START + HOUR);
    assertThat(machine.messages(Kind.PAGE)).hasSize(1);
    assertThat(machine.messages(Kind.ACKNOWLEDGED)).hasSize(1);

    machine.detect(MachineDriver.detection("b", Severity.WARNING, START + HOUR));
    assertThat(machine.alert().state()).isEqualTo(Alert.State.ACKNOWLEDGED);
    machine.detect(MachineDriver.detection("c", Severity.CRITICAL, START + HOUR));

    assertThat(machine.alert().state()).isEqualTo(Alert.State.RAISED);
    assertThat(machine.alert().acknowledgedBy()).isEmpty();
    assertThat(machine.messages(Kind.PAGE)).hasSize(2);
  }

  @Test
  void tellsTheStepsTheirTimesAndTheEnd() throws Exception {
    machine.detect(MachineDriver.detection("a", Severity.CRITICAL, START));
    machine.until(START + 30 * HOUR);

    assertThat(machine.messages)
        .extracting(
            message ->
                message.kind()
                    + " "
                    + message.step()
                    + "."
                    + message.repeat()
                    + " at "
                    + (message.createdAtMillis() - START) / MINUTE)
        .containsExactly(
            "PAGE 1.0 at 0",
            "PAGE 2.0 at 10",
            "PAGE 2.1 at 40",
            "PAGE 2.2 at 70",
            "UPDATE 2.0 at 1440");
    assertThat(machine.alert().state()).isEqualTo(Alert.State.STEPPED_DOWN);
    assertThat(machine.messages).extracting(Notification::dedupKey).containsOnly("acme/" + ID);
    machine.until(START + 73 * HOUR);
    Notification last = machine.messages.get(machine.messages.size() - 1);
    assertThat(last.kind()).isEqualTo(Kind.RESOLVED);
    assertThat(last.title()).isEqualTo("Over: pump-1: bearing wear");
    assertThat(last.recipients()).hasSize(2);
  }

  @Test
  void waitsForTheHoursOfThoseWhoAreToBeTold() throws Exception {
    BusinessHours hours =
        new BusinessHours(
            "business",
            null,
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalTime.of(10, 0),
            LocalTime.of(17, 0),
            Set.of());
    MachineDriver planned =
        new MachineDriver(
            RULES.with(
                List.of(
                    new EscalationPolicy(
                        "planner",
                        Scope.ALL,
                        List.of(
                            new Step(
                                Duration.ZERO,
                                List.of(
                                    new Target(
                                        MachineDriver.FIRST,
                                        EnumSet.allOf(Severity.class),
                                        hours)))),
                        Duration.ZERO,
                        0))));
    planned.place = new Placement("pump", "vienna", "Europe/Vienna", List.of());
    // 09:00 in Vienna.
    planned.detect(MachineDriver.detection("a", Severity.WATCH, START));
    assertThat(planned.messages).isEmpty();
    planned.until(START + 2 * HOUR);
    assertThat(planned.messages)
        .singleElement()
        .matches(page -> page.createdAtMillis() == START + HOUR);
  }

  @Test
  void keepsNoMoreAlertsOfOneAssetThanAllowed() throws Exception {
    for (int i = 0; i < RULES.maxAlertsPerAsset() + 5; i++) {
      machine.until(START + i);
      machine.detect(
          MachineDriver.detection(
              "d" + i, "bearing", "mode-" + i, Severity.WARNING, START + i, false));
    }
    assertThat(machine.asset.slots).hasSize(RULES.maxAlertsPerAsset());
    assertThat(machine.revisions)
        .filteredOn(alert -> alert.id().equals("pump-1/bearing/mode-0"))
        .last()
        .matches(alert -> alert.state() == Alert.State.EXPIRED);
    assertThat(machine.alerts).as("the topic keeps no more").hasSize(RULES.maxAlertsPerAsset());
    assertThat(machine.messages(Kind.RESOLVED)).hasSize(5);
  }

  @Test
  void resolvesByMaintenanceWhatWasNotSeenSince() throws Exception {
    machine.detect(MachineDriver.detection("a", Severity.WARNING, START));
    machine.until(START + HOUR);
    machine.command(
        MachineDriver.command(Action.MAINTENANCE_DONE, "c-1", "", "bearing", 0, START + HOUR / 2));
    assertThat(machine.alert().state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(machine.answers.get(0).alertsChanged()).isEqualTo(1);

    machine.until(START + HOUR + 1_000);
    machine.detect(MachineDriver.detection("b", Severity.WARNING, START + HOUR + 1_000));
    assertThat(machine.alert().state()).isEqualTo(Alert.State.REOPENED);
    machine.command(
        MachineDriver.command(Action.MAINTENANCE_DONE, "c-2", "", "bearing", 0, START + HOUR / 2));
    assertThat(machine.alert().state()).isEqualTo(Alert.State.REOPENED);
    assertThat(machine.answers.get(1).alertsChanged()).isZero();
  }
}
