package io.foreshock.operators.alerts;

import io.foreshock.model.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the detections of one occurrence say together; the same in whatever order they are added.
 */
final class DetectionFacts {
  private static final Comparator<Seen> BY_TIME =
      Comparator.comparingLong(Seen::eventTimeMillis).thenComparing(Seen::id);

  /** A detection by its event time. */
  record Seen(long eventTimeMillis, String id) {}

  long firstSeenMillis = Long.MAX_VALUE;
  long lastSeenMillis;
  long horizonMillis;
  long count;

  /** Newest by event time, oldest first. */
  final List<Seen> newest = new ArrayList<>();

  /** The detection that says most; null when there is none. */
  AlertEvent best;

  void add(AlertEvent event) {
    firstSeenMillis = Math.min(firstSeenMillis, event.eventTimeMillis());
    lastSeenMillis = Math.max(lastSeenMillis, event.eventTimeMillis());
    horizonMillis = Math.max(horizonMillis, event.horizonMillis());
    count++;
    Seen seen = new Seen(event.eventTimeMillis(), event.id());
    int place = newest.size();
    while (place > 0 && BY_TIME.compare(newest.get(place - 1), seen) > 0) {
      place--;
    }
    newest.add(place, seen);
    if (newest.size() > Alert.MAX_DETECTION_IDS) {
      newest.remove(0);
    }
    if (event.saysMoreThan(best)) {
      best = event;
    }
  }

  DetectionFacts copy() {
    DetectionFacts copy = new DetectionFacts();
    copy.firstSeenMillis = firstSeenMillis;
    copy.lastSeenMillis = lastSeenMillis;
    copy.horizonMillis = horizonMillis;
    copy.count = count;
    copy.newest.addAll(newest);
    copy.best = best;
    return copy;
  }
}
