package io.foreshock.operators.alerts;

import java.util.ArrayList;
import java.util.List;

/**
 * One alert as it is kept: its life up to a time before which nothing more can come, the events
 * since, and what people were told.
 *
 * <p>The life as it stands is computed from these: an event that comes late is put in its place and
 * the rest is applied again. So the order in which detections come makes no difference, and none of
 * them waits.
 */
final class Slot {
  /** Events that may wait to be settled; one more, and the oldest is, before its time. */
  static final int MAX_TAIL = 64;

  final String component;
  final String failureMode;

  /** What brought the alert about; tells it from one of the same name that was forgotten. */
  final String cause;

  AlertCore base = new AlertCore();
  final List<AlertEvent> tail = new ArrayList<>();
  final SeenIds seen;
  Told told = new Told();
  long revision;

  /** Content hash of the alert as it was last written. */
  long written;

  /** When it must be looked at again. */
  long dueAt = Scope.NEVER;

  Slot(String component, String failureMode, String cause, SeenIds seen) {
    this.component = component;
    this.failureMode = failureMode;
    this.cause = cause;
    this.seen = seen;
  }

  /** Puts an event in its place; one from before what is settled comes right behind that. */
  void insert(AlertEvent event) {
    int place = tail.size();
    while (place > 0 && AlertEvent.ORDER.compare(tail.get(place - 1), event) > 0) {
      place--;
    }
    tail.add(place, event);
  }

  /** Settles what lies before a time; another event of that very time may still come. */
  void settle(long horizon, Scope scope) {
    while (!tail.isEmpty() && (tail.get(0).atMillis() < horizon || tail.size() > MAX_TAIL)) {
      AlertEvent event = tail.remove(0);
      base.advance(event.atMillis(), scope);
      base.apply(event, scope);
    }
    if (horizon > base.time) {
      base.advance(horizon, scope);
    }
  }

  /** The life as it stands at a time. */
  AlertCore view(long now, Scope scope) {
    AlertCore view = base.copy();
    for (AlertEvent event : tail) {
      view.advance(event.atMillis(), scope);
      view.apply(event, scope);
    }
    view.advance(now, scope);
    return view;
  }
}
