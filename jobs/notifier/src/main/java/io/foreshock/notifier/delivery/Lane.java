package io.foreshock.notifier.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits for one channel of one tenant: pages about one incident in order, incidents beside
 * each other. Not thread-safe.
 */
final class Lane {
  private final Map<String, ArrayDeque<Attempt>> waiting = new HashMap<>();
  private final List<Attempt> next = new ArrayList<>();

  /** A page and how often it was tried. */
  static final class Attempt {
    final Delivery delivery;
    int failures;
    long firstNanos;
    long dueNanos;

    Attempt(Delivery delivery, long dueNanos) {
      this.delivery = delivery;
      this.dueNanos = dueNanos;
    }

    private String incident() {
      return delivery.page().dedupKey();
    }
  }

  void add(Attempt attempt) {
    ArrayDeque<Attempt> incident =
        waiting.computeIfAbsent(attempt.incident(), key -> new ArrayDeque<>());
    incident.add(attempt);
    if (incident.size() == 1) {
      next.add(attempt);
    }
  }

  /** The most urgent that is due, taken out; null when none is. The severest first. */
  Attempt takeDue(long nowNanos) {
    Attempt best = null;
    for (Attempt attempt : next) {
      if (attempt.dueNanos - nowNanos <= 0 && (best == null || isBefore(attempt, best))) {
        best = attempt;
      }
    }
    next.remove(best);
    return best;
  }

  private static boolean isBefore(Attempt one, Attempt other) {
    int severity = one.delivery.page().severity().compareTo(other.delivery.page().severity());
    return severity != 0 ? severity > 0 : one.dueNanos - other.dueNanos < 0;
  }

  /** Nanoseconds until something is due; {@code Long.MAX_VALUE} when nothing waits. */
  long waitNanos(long nowNanos) {
    long wait = Long.MAX_VALUE;
    for (Attempt attempt : next) {
      wait = Math.min(wait, Math.max(0, attempt.dueNanos - nowNanos));
    }
    return wait;
  }

  /** What was taken failed and waits again. */
  void again(Attempt attempt) {
    next.add(attempt);
  }

  /** What was taken is done: the incident's next page may go. */
  void done(Attempt attempt) {
    ArrayDeque<Attempt> incident = waiting.get(attempt.incident());
    incident.remove();
    if (incident.isEmpty()) {
      waiting.remove(attempt.incident());
    } else {
      next.add(incident.peek());
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
