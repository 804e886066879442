package io.foreshock.operators.alerts;

import io.foreshock.model.Detection.Severity;

/**
 * Detections that raised nothing: backlog, or seen during planned work.
 *
 * @param count how many
 * @param firstMillis smallest event time; 0 when there is none
 * @param lastMillis largest event time
 * @param severity severest; null when there is none
 */
record RecordedFacts(long count, long firstMillis, long lastMillis, Severity severity) {
  static final RecordedFacts NONE = new RecordedFacts(0, 0, 0, null);

  RecordedFacts and(long eventTimeMillis, Severity another) {
    return new RecordedFacts(
        count + 1,
        count == 0 ? eventTimeMillis : Math.min(firstMillis, eventTimeMillis),
        Math.max(lastMillis, eventTimeMillis),
        severity == null || another.compareTo(severity) > 0 ? another : severity);
  }
}
