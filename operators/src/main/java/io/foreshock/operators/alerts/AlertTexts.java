package io.foreshock.operators.alerts;

import io.foreshock.model.Alert;
import io.foreshock.model.Notification.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Words about an alert. */
final class AlertTexts {
  private static final int LONGEST_TITLE = 256;
  private static final int LONGEST_COMMENT = 2_000;

  private AlertTexts() {}

  /** One line. */
  static String title(Alert alert, Kind kind) {
    String title =
        (kind == Kind.RESOLVED ? "Over: " : alert.severity() + " ")
            + alert.asset().assetId()
            + (alert.site().isEmpty() ? "" : " (" + alert.site() + ")")
            + ": "
            + alert.component()
            + " "
            + alert.failureMode();
    return cut(title, LONGEST_TITLE);
  }

  /** A few lines: what, since when, until when, why. */
  static String text(Alert alert, String what, Kind kind, int step, int repeat) {
    StringBuilder text = new StringBuilder();
    if (!what.isEmpty()) {
      text.append("The alert ").append(what).append(".\n");
    } else if (repeat > 0) {
      text.append("Nobody answered; said for the ").append(repeat + 1).append(". time.\n");
    } else if (step > 1) {
      text.append("Nobody answered; this is step ").append(step).append(" of ");
      text.append(alert.policy()).append(".\n");
    }
    if (alert.occurrence() > 1) {
      text.append("It came back; occurrence ").append(alert.occurrence()).append(".\n");
    }
    text.append("First seen ").append(time(alert.firstSeenMillis()));
    text.append(", last ").append(time(alert.lastSeenMillis()));
    text.append(", detections: ").append(alert.detectionCount()).append(".\n");
    Alert.Evidence evidence = alert.evidence();
    if (evidence != null) {
      text.append("Pattern ").append(evidence.pattern());
      text.append(" version ").append(evidence.patternVersion()).append(" matched");
      if (evidence.horizonMillis() > 0) {
        text.append("; failure is expected within ");
        text.append(AlertMessages.text(Duration.ofMillis(evidence.horizonMillis())));
        text.append(" of ").append(time(evidence.eventTimeMillis()));
      }
      text.append(".\n");
    }
    if (!alert.comment().isEmpty()) {
      text.append(cut(alert.comment(), LONGEST_COMMENT)).append("\n");
    }
    return text.toString();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Cut to a number of characters, never within one. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
    return text.substring(0, end) + "…";
  }
}
