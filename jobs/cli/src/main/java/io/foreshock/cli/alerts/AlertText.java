package io.foreshock.cli.alerts;

import io.foreshock.model.Alert;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An alert in words, for the person who decides what to do about it. */
final class AlertText {
  private AlertText() {}

  /** One line: how it stands. */
  static String standing(Alert alert) {
    StringBuilder text = new StringBuilder(word(alert.state()));
    text.append(", ").append(alert.severity());
    if (!alert.acknowledgedBy().isEmpty() && !alert.state().isClosed()) {
      text.append(", taken care of by ").append(alert.acknowledgedBy());
    }
    if (alert.silencedUntilMillis() > 0) {
      text.append(", silent until ").append(time(alert.silencedUntilMillis()));
    }
    if (alert.falseAlarm()) {
      text.append(", a false alarm");
    }
    return text.toString();
  }

  /** What is known about it, without evidence. */
  static List<String> facts(Alert alert) {
    List<String> lines = new ArrayList<>();
    line(lines, "alert", alert.id());
    line(lines, "state", standing(alert));
    line(
        lines,
        "asset",
        alert.asset().assetId()
            + (alert.asset().assetClass().isEmpty() ? "" : ", a " + alert.asset().assetClass())
            + (alert.site().isEmpty() ? "" : ", at " + alert.site()));
    line(lines, "about", alert.component() + ", " + alert.failureMode());
    line(
        lines,
        "seen",
        "%s to %s, %,d %s%s"
            .formatted(
                time(alert.firstSeenMillis()),
                time(alert.lastSeenMillis()),
                alert.detectionCount(),
                alert.detectionCount() == 1 ? "detection" : "detections",
                alert.occurrence() > 1 ? ", occurrence " + alert.occurrence() : ""));
    if (alert.evidence() != null && alert.evidence().horizonMillis() > 0) {
      long due = alert.evidence().eventTimeMillis() + alert.evidence().horizonMillis();
      line(
          lines,
          "act by",
          time(due)
              + " ("
              + spell(Duration.ofMillis(alert.evidence().horizonMillis()))
              + " after it was seen)");
    }
    if (alert.expiresAtMillis() > 0) {
      line(lines, "expires", time(alert.expiresAtMillis()) + ", if nothing more is seen");
    }
    if (!alert.policy().isEmpty()) {
      line(
          lines,
          "told",
          alert.escalationStep() == 0
              ? "nobody yet, by policy " + alert.policy()
              : "step " + alert.escalationStep() + " of policy " + alert.policy());
    }
    line(lines, "comment", alert.comment());
    if (alert.flapping()) {
      line(lines, "note", "It comes and goes, and is held open.");
    }
    return lines;
  }

  /** What happened, oldest first. */
  static List<String> history(Alert alert) {
    List<String> lines = new ArrayList<>();
    if (alert.droppedHistory() > 0) {
      lines.add("  … " + alert.droppedHistory() + " older entries are no longer kept");
    }
    for (Alert.Transition transition : alert.history()) {
      String by = transition.by().isEmpty() ? "" : "  by " + transition.by();
      String comment = transition.comment().isEmpty() ? "" : "  " + transition.comment();
      lines.add(
          "  %s  %-12s  %-8s%s%s"
              .formatted(
                  time(transition.atMillis()),
                  word(transition.state()),
                  transition.severity(),
                  by,
                  comment)
              .stripTrailing());
    }
    return lines;
  }

  /** What each stage of the pattern saw. */
  static List<String> evidence(Detection detection, ChannelRegistry channels) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  pattern %s, version %d, detection %s"
            .formatted(detection.pattern(), detection.patternVersion(), detection.id()));
    for (Detection.StageEvidence stage : detection.evidence()) {
      if (stage.signals().isEmpty()) {
        lines.add("  %-14s  passed over".formatted(stage.stage()));
      }
      for (Signal signal : stage.signals()) {
        lines.add(
            "  %-14s  %s  %s"
                .formatted(stage.stage(), time(signal.eventTimeMillis()), words(signal, channels)));
      }
    }
    return lines;
  }

  private static String words(Signal signal, ChannelRegistry channels) {
    Channel channel = signal.channel().isEmpty() ? null : channels.find(signal.channel());
    String unit = channel == null || channel.unit().isEmpty() ? "" : " " + channel.unit();
    StringBuilder text = new StringBuilder();
    text.append(signal.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    text.append(' ').append(signal.name());
    if (!signal.channel().isEmpty()) {
      text.append(": ").append(signal.channel());
      if (!Double.isNaN(signal.value())) {
        text.append(' ').append(number(signal.value())).append(unit);
      }
    }
    if (!Double.isNaN(signal.limit())) {
      text.append(", limit ").append(number(signal.limit()));
    }
    if (!Double.isNaN(signal.score()) && signal.score() != signal.value()) {
      text.append(", compared ").append(number(signal.score()));
    }
    return text.toString();
  }

  private static void line(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add("%-9s %s".formatted(name, value));
    }
  }

  private static String word(Alert.State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** To the second. */
  static String time(long millis) {
    return Instant.ofEpochSecond(Math.floorDiv(millis, 1000)).toString();
  }

  private static String spell(Duration time) {
    return time.toHours() >= 1 ? time.toHours() + " h" : time.toMinutes() + " min";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
  }
}
