package io.foreshock.operators.alerts;

import io.foreshock.model.Alert;
import io.foreshock.model.Command;
import io.foreshock.model.CommandAnswer;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification;
import io.foreshock.model.Notification.Recipient;
import io.foreshock.operators.alerts.EscalationPolicy.Step;
import io.foreshock.operators.alerts.EscalationPolicy.Target;
import io.foreshock.samples.Assets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** An {@link AlertMachine} with a clock of its own that wakes it when it asks to be woken. */
final class MachineDriver implements AlertOutput {
  /** 2026-01-05T08:00:00Z, a Monday. */
  static final long START = 1_767_600_000_000L;

  /** Later than any occurrence: no command is stale. */
  private static final long ISSUED = START + Duration.ofDays(60).toMillis();

  static final List<Recipient> FIRST = List.of(new Recipient("mail", "first@plant.example"));
  static final List<Recipient> SECOND = List.of(new Recipient("pagerduty", ""));

  final AlertMachine machine;
  AssetAlerts asset = new AssetAlerts(Assets.TENANT, "pump-1");
  Placement place = Placement.UNKNOWN;
  List<Quiet> group = List.of();
  long now = START;

  final Map<String, Alert> alerts = new HashMap<>();
  final List<Alert> revisions = new ArrayList<>();
  final List<Notification> messages = new ArrayList<>();
  final List<Notice.Change> changes = new ArrayList<>();
  final List<CommandAnswer> answers = new ArrayList<>();
  final List<String> forgotten = new ArrayList<>();

  MachineDriver(AlertRules rules) {
    machine = new AlertMachine(rules);
  }

  /** Two steps: warning and critical at once, critical again after the given time. */
  static EscalationPolicy policy(Duration second, Duration repeat, int times) {
    return new EscalationPolicy(
        "test",
        EscalationPolicy.Scope.ALL,
        List.of(
            new Step(
                Duration.ZERO,
                List.of(new Target(FIRST, EnumSet.of(Severity.WARNING, Severity.CRITICAL), null))),
            new Step(second, List.of(new Target(SECOND, EnumSet.of(Severity.CRITICAL), null)))),
        repeat,
        times);
  }

  static Detection detection(String id, Severity severity, long eventTimeMillis) {
    return detection(id, "bearing", "wear", severity, eventTimeMillis, false);
  }

  static Detection detection(
      String id,
      String component,
      String failureMode,
      Severity severity,
      long eventTimeMillis,
      boolean backlog) {
    return new Detection(
        id,
        Assets.PUMP,
        "bearing-wear",
        3,
        component,
        failureMode,
        severity,
        eventTimeMillis,
        0,
        backlog,
        List.of());
  }

  static Command command(
      Command.Action action, String id, String alertId, String component, long from, long until) {
    return new Command(
        Assets.TENANT,
        id,
        ISSUED,
        "eva",
        "pump-1",
        "",
        "",
        "",
        action,
        alertId,
        component,
        from,
        until,
        "",
        0,
        0);
  }

  /** Lets time pass, and wakes the machine when it asked for it. */
  void until(long millis) throws IOException {
    while (asset.dueAt <= millis) {
      now = Math.max(now, asset.dueAt);
      machine.time(asset, group, now, this);
      throughState();
    }
    now = Math.max(now, millis);
  }

  boolean detect(Detection detection) throws IOException {
    boolean fresh = machine.detection(asset, place, detection, group, now, now, this);
    throughState();
    return fresh;
  }

  void command(Command command) throws IOException {
    machine.command(asset, command, group, now, this);
    throughState();
  }

  /** What is kept must be all that is needed. */
  void throughState() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(512);
    AssetAlertsSerializer.INSTANCE.serialize(asset, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getSharedBuffer(), 0, out.length());
    asset = AssetAlertsSerializer.INSTANCE.deserialize(in);
    if (in.available() > 0) {
      throw new AssertionError("bytes left: " + in.available());
    }
  }

  List<Notification> messages(Notification.Kind kind) {
    return messages.stream().filter(message -> message.kind() == kind).toList();
  }

  Alert alert() {
    return alerts.get("pump-1/bearing/wear");
  }

  @Override
  public void alert(Alert alert) {
    alerts.put(alert.id(), alert);
    revisions.add(alert);
  }

  @Override
  public void forget(String tenant, String alertId) {
    alerts.remove(alertId);
    forgotten.add(alertId);
  }

  @Override
  public void notice(Notice notice) {
    changes.add(notice.change());
    if (notice.notification() != null) {
      messages.add(notice.notification());
    }
  }

  @Override
  public void answer(CommandAnswer answer) {
    answers.add(answer);
  }
}
