package io.foreshock.operators.alerts;

import io.foreshock.model.Alert.State;
import io.foreshock.model.Command;
import io.foreshock.model.Detection.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The same rules as simply as can be: remembers everything, and for each question lives the whole
 * life of the alert again, second by second. Knows nothing of timers, of settled events, nor of
 * what was computed before.
 */
final class AlertModel {
  static final int DISORDER = 4;
  static final int EXPIRE = 20;
  static final int STEP_DOWN = 8;
  static final int FLAPS = 2;
  static final int FLAP_WINDOW = 60;

  /** Second step after this; repeats after this. */
  static final int SECOND_STEP = 6;

  static final int REPEAT = 10;
  static final int REPEATS = 2;

  /** A detection (severity) or command (action) at a second. */
  record Happening(
      int at, int eventTime, String id, Severity severity, Command.Action action, String by) {}

  record Interval(String id, boolean maintenance, int from, int until) {}

  record Entry(State state, int at, Severity severity, String by, String cause) {}

  record Page(int at, int step, int repeat, Severity severity) {}

  final List<Happening> happenings = new ArrayList<>();
  final List<Interval> intervals = new ArrayList<>();
  int backlog;

  // The life up to the second asked for.
  State state;
  Severity severity;
  int occurrence;
  int first;
  int last;
  int count;
  int recorded;
  int closedAt;
  boolean flapping;
  boolean falseAlarm;
  String acknowledgedBy;
  int step;
  TreeSet<String> ids;
  List<Entry> history;
  List<Page> pages;

  private int severityAt;
  private int lastAt;
  private int repeat;
  private int pageAt;
  private int lastPage;

  /** What people know of the severity; -1 when they know nothing of this occurrence. */
  private int told;

  private boolean takenCareOf;
  private boolean hushed;
  private List<Integer> returns;

  void live(int start, int now) {
    state = null;
    severity = null;
    occurrence = 0;
    first = 0;
    last = 0;
    count = 0;
    recorded = backlog;
    closedAt = 0;
    flapping = false;
    falseAlarm = false;
    acknowledgedBy = "";
    step = 0;
    repeat = 0;
    pageAt = -1;
    told = -1;
    takenCareOf = false;
    hushed = false;
    ids = new TreeSet<>();
    history = new ArrayList<>();
    pages = new ArrayList<>();
    returns = new ArrayList<>();
    List<Happening> sorted = new ArrayList<>(happenings);
    sorted.sort(
        (a, b) ->
            a.at != b.at
                ? a.at - b.at
                : (a.action == null) != (b.action == null)
                    ? (a.action == null ? -1 : 1)
                    : a.id.compareTo(b.id));
    int next = 0;
    for (int second = start; second <= now; second++) {
      pass(second);
      while (next < sorted.size() && sorted.get(next).at == second) {
        Happening happening = sorted.get(next++);
        if (happening.action == null) {
          detected(happening);
        } else {
          commanded(happening);
        }
        hush(second);
        pass(second);
        told = open() ? Math.min(told, severity.ordinal()) : told;
      }
    }
  }

  boolean open() {
    return state != null && state != State.RESOLVED && state != State.EXPIRED;
  }

  boolean quiet(int second) {
    return intervals.stream().anyMatch(i -> i.from <= second && second < i.until);
  }

  private void pass(int second) {
    hush(second);
    boolean again = true;
    while (again) {
      again = false;
      if (open() && silenceEnds() + DISORDER <= second) {
        silenceHasEnded();
        told = severity == null ? told : Math.min(told, severity.ordinal());
        again = true;
      } else if (open() && pageAt >= 0 && pageAt <= second && !quiet(second)) {
        page(second);
        again = true;
      }
    }
  }

  private void hush(int second) {
    if (quiet(second) != hushed) {
      hushed = !hushed;
      if (open()) {
        note(hushed ? State.SILENCED : state, second, "", "");
      }
    }
  }

  /** When saying nothing changes something. */
  private int silenceEnds() {
    int expires = lastAt + (flapping ? Math.max(EXPIRE, FLAP_WINDOW) : EXPIRE);
    return severity == Severity.WATCH ? expires : Math.min(expires, severityAt + STEP_DOWN);
  }

  private void silenceHasEnded() {
    int expires = lastAt + (flapping ? Math.max(EXPIRE, FLAP_WINDOW) : EXPIRE);
    if (expires == silenceEnds()) {
      closedAt = expires;
      flapping = false;
      pageAt = -1;
      become(State.EXPIRED, expires, "", "");
      return;
    }
    severityAt += STEP_DOWN;
    severity = Severity.values()[severity.ordinal() - 1];
    become(acknowledgedBy.isEmpty() ? State.STEPPED_DOWN : State.ACKNOWLEDGED, severityAt, "", "");
    if (acknowledgedBy.isEmpty() && (!flapping || pageAt >= 0)) {
      plan(step == 0 ? anchor : lastPage);
    }
  }

  private int anchor;

  /** Watch is paged never, warning once and again, critical has a second step. */
  private void plan(int from) {
    pageAt = -1;
    if (step == 0 && severity != Severity.WATCH) {
      pageAt = anchor;
    } else if (step == 0 && severity == Severity.WATCH) {
      pageAt = -1;
    } else if (step == 1 && severity == Severity.CRITICAL) {
      pageAt = from + SECOND_STEP;
    } else if (repeat < REPEATS
        && (step == 1 && severity == Severity.WARNING
            || step == 2 && severity == Severity.CRITICAL)) {
      pageAt = from + REPEAT;
    }
  }

  private void page(int second) {
    boolean known = step == 0 && severity.ordinal() <= told && !takenCareOf;
    if (step == 0) {
      step = 1;
      repeat = 0;
    } else if (step == 1 && severity == Severity.CRITICAL) {
      step = 2;
      repeat = 0;
    } else {
      repeat++;
    }
    lastPage = second;
    // A dip that was over before anybody was told of it.
    if (!known) {
      pages.add(new Page(second, step, repeat, severity));
    }
    told = step == 1 && repeat == 0 ? severity.ordinal() : told;
    takenCareOf = false;
    if (step == 2 && repeat == 0) {
      become(State.ESCALATED, second, "", "");
    }
    plan(second);
  }

  private void detected(Happening event) {
    if (intervals.stream()
        .anyMatch(i -> i.maintenance && i.from <= event.eventTime && event.eventTime < i.until)) {
      recorded++;
      return;
    }
    while (open() && silenceEnds() < event.at) {
      silenceHasEnded();
    }
    if (state == State.RESOLVED && event.eventTime <= closedAt) {
      see(event);
    } else if (!open()) {
      raise(event);
    } else {
      see(event);
      lastAt = event.at;
      if (event.severity.ordinal() >= severity.ordinal()) {
        severityAt = event.at;
      }
      if (event.severity.ordinal() > severity.ordinal()) {
        severity = event.severity;
        takenCareOf |= !acknowledgedBy.isEmpty();
        acknowledgedBy = "";
        become(State.RAISED, event.at, "", event.id);
        step = 0;
        repeat = 0;
        anchor = event.at;
        plan(event.at);
      }
    }
  }

  private void raise(Happening event) {
    boolean expired = state == State.EXPIRED;
    State next = state == null ? State.RAISED : State.REOPENED;
    occurrence++;
    ids.clear();
    count = 0;
    first = Integer.MAX_VALUE;
    last = Integer.MIN_VALUE;
    see(event);
    closedAt = 0;
    falseAlarm = false;
    acknowledgedBy = "";
    told = -1;
    takenCareOf = false;
    severity = event.severity;
    severityAt = event.at;
    lastAt = event.at;
    returns.removeIf(at -> at <= event.at - FLAP_WINDOW);
    if (expired) {
      returns.add(event.at);
    }
    flapping = expired && returns.size() > FLAPS;
    become(next, event.at, "", event.id);
    if (hushed) {
      note(State.SILENCED, event.at, "", "");
    }
    step = 0;
    repeat = 0;
    anchor = event.at;
    pageAt = -1;
    if (!flapping) {
      plan(event.at);
    }
  }

  private void see(Happening event) {
    first = Math.min(first, event.eventTime);
    last = Math.max(last, event.eventTime);
    count++;
    ids.add(event.id);
  }

  private void commanded(Happening command) {
    switch (command.action) {
      case ACKNOWLEDGE -> {
        if (open() && acknowledgedBy.isEmpty()) {
          acknowledgedBy = command.by;
          pageAt = -1;
          become(State.ACKNOWLEDGED, command.at, command.by, command.id);
        }
      }
      case RESOLVE -> resolve(command, command.at);
      case FALSE_ALARM -> {
        resolve(command, command.at);
        falseAlarm = true;
      }
      case MAINTENANCE_DONE -> {
        if (last <= command.eventTime) {
          resolve(command, Math.min(command.at, command.eventTime));
        }
      }
      default -> throw new AssertionError(command);
    }
  }

  private void resolve(Happening command, int at) {
    if (open()) {
      returns.clear();
      closedAt = at;
      flapping = false;
      pageAt = -1;
      become(State.RESOLVED, at, command.by, command.id);
    }
  }

  private void become(State next, int at, String by, String cause) {
    state = next;
    note(next, at, by, cause);
  }

  private void note(State shown, int at, String by, String cause) {
    history.add(new Entry(shown, at, severity, by, cause));
  }
}
