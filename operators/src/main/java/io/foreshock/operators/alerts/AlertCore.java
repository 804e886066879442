package io.foreshock.operators.alerts;

import io.foreshock.model.Alert;
import io.foreshock.model.Alert.State;
import io.foreshock.model.Alert.Transition;
import io.foreshock.model.Detection.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * The life of one alert up to a time: what its events, in order, and the passing of time make of
 * it. The same events give the same life, however they came; nothing here is told to anybody.
 *
 * <p>{@link #advance} lets time pass, {@link #apply} takes the next event; the caller does both in
 * the order of {@link AlertEvent#ORDER}.
 */
final class AlertCore {
  private static final Severity[] SEVERITIES = Severity.values();

  /** Until when time has passed. */
  long time;

  /** Null until the alert is raised. */
  State state;

  int occurrence;
  boolean hushed;
  long beganAt;
  long closedAt;
  boolean falseAlarm;
  String acknowledgedBy = "";
  String comment = "";
  Severity severity = Severity.WATCH;
  long severityAt;
  long lastAt;
  DetectionFacts facts = new DetectionFacts();
  RecordedFacts recorded = RecordedFacts.NONE;
  Paging paging = new Paging();
  final List<Long> returns = new ArrayList<>();
  boolean flapping;
  final List<Transition> history = new ArrayList<>();
  long droppedHistory;

  AlertCore copy() {
    AlertCore copy = new AlertCore();
    copy.time = time;
    copy.state = state;
    copy.occurrence = occurrence;
    copy.hushed = hushed;
    copy.beganAt = beganAt;
    copy.closedAt = closedAt;
    copy.falseAlarm = falseAlarm;
    copy.acknowledgedBy = acknowledgedBy;
    copy.comment = comment;
    copy.severity = severity;
    copy.severityAt = severityAt;
    copy.lastAt = lastAt;
    copy.facts = facts.copy();
    copy.recorded = recorded;
    copy.paging = paging.copy();
    copy.returns.addAll(returns);
    copy.flapping = flapping;
    copy.history.addAll(history);
    copy.droppedHistory = droppedHistory;
    return copy;
  }

  boolean isOpen() {
    return state != null && !state.isClosed();
  }

  boolean isAcknowledged() {
    return !acknowledgedBy.isEmpty();
  }

  /** Lets time pass up to the given one. */
  void advance(long target, Scope scope) {
    hush(scope);
    for (long due = due(scope); due <= target; due = due(scope)) {
      time = Math.max(time, due);
      hush(scope);
      if (quietDue(scope) <= time - scope.disorder()) {
        passQuiet(scope);
      } else if (isPageDue(scope)) {
        if (paging.page(time, scope, severity)) {
          become(State.ESCALATED, time, "", "", "");
        }
      }
    }
    time = Math.max(time, target);
    hush(scope);
  }

  /** The next time at which something happens by itself; {@link Scope#NEVER} for never. */
  long due(Scope scope) {
    if (!isOpen()) {
      return Scope.NEVER;
    }
    long due = scope.boundaryAfter(time);
    long quiet = quietDue(scope);
    due = Math.min(due, quiet == Scope.NEVER ? quiet : quiet + scope.disorder());
    if (paging.nextAt != Scope.NEVER && scope.quietUntil(time, false) == 0) {
      due = Math.min(due, Math.max(paging.nextAt, time));
    }
    return due;
  }

  private boolean isPageDue(Scope scope) {
    return isOpen() && paging.nextAt <= time && scope.quietUntil(time, false) == 0;
  }

  /** When the alert expires or its severity falls, if nothing more is seen. */
  private long quietDue(Scope scope) {
    return isOpen() ? Math.min(expiresAt(scope), stepDownAt(scope)) : Scope.NEVER;
  }

  long expiresAt(Scope scope) {
    long lifetime = Math.max(scope.rules().expireAfter().toMillis(), facts.horizonMillis);
    return lastAt
        + (flapping ? Math.max(lifetime, scope.rules().flapWindow().toMillis()) : lifetime);
  }

  private long stepDownAt(Scope scope) {
    return severity == Severity.WATCH
        ? Scope.NEVER
        : severityAt + scope.rules().stepDownAfter().toMillis();
  }

  private void passQuiet(Scope scope) {
    long expires = expiresAt(scope);
    long stepsDown = stepDownAt(scope);
    if (expires <= stepsDown) {
      close(State.EXPIRED, expires, "", "nothing more was seen", "");
      return;
    }
    severity = SEVERITIES[severity.ordinal() - 1];
    severityAt = stepsDown;
    become(isAcknowledged() ? State.ACKNOWLEDGED : State.STEPPED_DOWN, stepsDown, "", "", "");
    if (!isAcknowledged() && (!flapping || paging.nextAt != Scope.NEVER)) {
      paging.schedule(scope, severity);
    }
  }

  /** Takes an event; time must have passed up to it. */
  void apply(AlertEvent event, Scope scope) {
    if (event.isCommand()) {
      command(event);
    } else {
      detection(event, scope);
    }
    hush(scope);
  }

  private void detection(AlertEvent event, Scope scope) {
    if (scope.inMaintenance(event.eventTimeMillis())) {
      recorded = recorded.and(event.eventTimeMillis(), event.severity());
      return;
    }
    // Everything seen before this event has been applied, so what was due before it has happened.
    while (quietDue(scope) < event.atMillis()) {
      passQuiet(scope);
    }
    if (state == State.RESOLVED && event.eventTimeMillis() <= closedAt) {
      facts.add(event);
      return;
    }
    if (isOpen()) {
      seenAgain(event, scope);
    } else {
      begin(event, scope);
    }
  }

  private void begin(AlertEvent event, Scope scope) {
    boolean returned = state == State.EXPIRED;
    State next = state == null ? State.RAISED : State.REOPENED;
    occurrence++;
    beganAt = event.atMillis();
    closedAt = 0;
    falseAlarm = false;
    acknowledgedBy = "";
    comment = "";
    severity = event.severity();
    severityAt = event.atMillis();
    lastAt = event.atMillis();
    facts = new DetectionFacts();
    facts.add(event);
    countReturn(returned, scope);
    become(next, event.atMillis(), "", flapping ? "comes and goes" : "", event.id());
    if (hushed) {
      note(State.SILENCED, event.atMillis(), "", "", "");
    }
    paging = new Paging();
    if (!flapping) {
      paging.restart(Math.max(event.atMillis(), event.notBeforeMillis()), scope, severity);
    }
  }

  private void countReturn(boolean returned, Scope scope) {
    flapping = false;
    returns.removeIf(at -> at <= beganAt - scope.rules().flapWindow().toMillis());
    if (returned) {
      returns.add(beganAt);
      flapping = returns.size() > scope.rules().flapCount();
    }
    while (returns.size() > scope.rules().flapCount() + 1) {
      returns.remove(0);
    }
  }

  private void seenAgain(AlertEvent event, Scope scope) {
    facts.add(event);
    lastAt = Math.max(lastAt, event.atMillis());
    if (event.severity().compareTo(severity) < 0) {
      return;
    }
    severityAt = Math.max(severityAt, event.atMillis());
    if (event.severity() == severity) {
      return;
    }
    // Worse than what people know: whoever took care of less has to look again.
    severity = event.severity();
    acknowledgedBy = "";
    become(State.RAISED, event.atMillis(), "", "severer", event.id());
    paging.restart(Math.max(event.atMillis(), event.notBeforeMillis()), scope, severity);
  }

  private void command(AlertEvent event) {
    switch (event.action()) {
      case ACKNOWLEDGE -> {
        if (isOpen() && !isAcknowledged()) {
          acknowledgedBy = event.pattern();
          paging.stop();
          become(
              State.ACKNOWLEDGED, event.atMillis(), event.pattern(), event.comment(), event.id());
        }
      }
      case RESOLVE -> resolve(event, event.atMillis(), event.comment());
      case FALSE_ALARM -> {
        resolve(event, event.atMillis(), "false alarm. " + event.comment());
        falseAlarm = true;
      }
      case MAINTENANCE_DONE -> {
        long finished = Math.min(event.eventTimeMillis(), event.atMillis());
        if (facts.lastSeenMillis <= finished) {
          resolve(event, finished, "maintenance done. " + event.comment());
        }
      }
      default -> throw new IllegalStateException("No event of an alert: " + event);
    }
    if (!event.comment().isEmpty()) {
      comment = event.comment();
    }
  }

  private void resolve(AlertEvent event, long at, String text) {
    if (isOpen()) {
      returns.clear();
      close(State.RESOLVED, at, event.pattern(), text.strip(), event.id());
    }
  }

  void close(State closed, long at, String by, String text, String cause) {
    closedAt = at;
    flapping = false;
    paging.stop();
    become(closed, at, by, text, cause);
  }

  /** Notes when a silence begins or ends for an open alert. */
  private void hush(Scope scope) {
    boolean now = scope.quietUntil(time, true) > 0;
    if (now != hushed) {
      hushed = now;
      if (isOpen()) {
        note(hushed ? State.SILENCED : state, time, "", hushed ? "" : "silence is over", "");
      }
    }
  }

  private void become(State next, long at, String by, String text, String cause) {
    state = next;
    note(next, at, by, text, cause);
  }

  private void note(State shown, long at, String by, String text, String cause) {
    history.add(new Transition(shown, at, severity, by, text, cause));
    if (history.size() > Alert.MAX_HISTORY) {
      history.remove(0);
      droppedHistory++;
    }
  }
}
