package io.foreshock.operators.alerts;

import io.foreshock.model.Command;
import io.foreshock.model.Detection;
import java.util.Comparator;

/**
 * What happened to an alert: a detection, or a command about it. Kept until nothing that comes late
 * can come before it.
 *
 * @param atMillis its place in the order
 * @param id detection or command
 * @param action what the command does; null for a detection
 * @param notBeforeMillis of a detection that came late: nobody is told as if it had come in time
 * @param eventTimeMillis event time of a detection, end of the work of maintenance done; else 0
 * @param severity of a detection; else null
 * @param pattern of a detection; else who gave the command
 * @param patternVersion of a detection; else 0
 * @param horizonMillis of a detection; else 0
 * @param comment of a command; else empty
 */
record AlertEvent(
    long atMillis,
    String id,
    Command.Action action,
    long notBeforeMillis,
    long eventTimeMillis,
    Detection.Severity severity,
    String pattern,
    int patternVersion,
    long horizonMillis,
    String comment) {

  /**
   * Detections before commands of the same time, then by id: the same for every order of arrival.
   */
  static final Comparator<AlertEvent> ORDER =
      Comparator.comparingLong(AlertEvent::atMillis)
          .thenComparing(AlertEvent::isCommand)
          .thenComparing(AlertEvent::id);

  static AlertEvent of(Detection detection, long atMillis, long notBeforeMillis) {
    return new AlertEvent(
        atMillis,
        detection.id(),
        null,
        notBeforeMillis,
        detection.eventTimeMillis(),
        detection.severity(),
        detection.pattern(),
        detection.patternVersion(),
        detection.horizonMillis(),
        "");
  }

  static AlertEvent of(Command command, long atMillis) {
    return new AlertEvent(
        atMillis,
        command.id(),
        command.action(),
        atMillis,
        command.untilMillis(),
        null,
        command.issuedBy(),
        0,
        0,
        command.comment());
  }

  boolean isCommand() {
    return action != null;
  }

  /** Whether it says more about an alert than another detection: severer, newer, then by id. */
  boolean saysMoreThan(AlertEvent other) {
    if (other == null) {
      return true;
    }
    int bySeverity = severity.compareTo(other.severity);
    if (bySeverity != 0) {
      return bySeverity > 0;
    }
    return eventTimeMillis != other.eventTimeMillis
        ? eventTimeMillis > other.eventTimeMillis
        : id.compareTo(other.id) > 0;
  }
}
