package io.foreshock.cli.demo;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.util.Locale;

/**
 * A detection in one line: which machine, what, how grave, and the evidence of each stage, e.g.
 * {@code pump-017 acme bearing wear CRITICAL shaking 5.1 mm/s > 4.5 → worse 7.3 mm/s > 7.1}.
 */
final class DetectionLine {
  private final ChannelRegistry channels;

  DetectionLine(ChannelRegistry channels) {
    this.channels = channels;
  }

  /** Machine, tenant, component and failure mode. */
  String subject(Detection detection) {
    return detection.asset().assetId()
        + " "
        + detection.asset().tenant()
        + " "
        + detection.component()
        + " "
        + detection.failureMode();
  }

  /** What each stage took. */
  String evidence(Detection detection) {
    StringBuilder text = new StringBuilder();
    for (Detection.StageEvidence stage : detection.evidence()) {
      if (!stage.signals().isEmpty()) {
        text.append(text.length() == 0 ? "" : " → ").append(stage.stage());
        append(text, stage.signals().get(stage.signals().size() - 1));
      }
    }
    return text.toString();
  }

  private void append(StringBuilder text, Signal signal) {
    if (signal.kind() == SignalKind.SYMPTOM) {
      Channel channel = channels.find(signal.channel());
      if (!Double.isNaN(signal.value())) {
        text.append(' ').append(number(signal.value()));
        if (channel != null && !channel.unit().isEmpty()) {
          text.append(' ').append(channel.unit());
        }
      }
      comparison(text, signal);
    } else {
      text.append(' ').append(signal.name());
    }
  }

  /**
   * A limit in the channel's unit is compared with the value; a limit of a statistic (drift, step)
   * with its score.
   */
  private static void comparison(StringBuilder text, Signal signal) {
    if (Double.isNaN(signal.limit())) {
      return;
    }
    boolean statistic = signal.name().startsWith("drift") || signal.name().startsWith("step");
    if (!Double.isNaN(signal.score()) && statistic) {
      text.append(" (").append(number(signal.score())).append(" sigma)");
      return;
    }
    double compared = Double.isNaN(signal.value()) ? signal.score() : signal.value();
    text.append(compared < signal.limit() ? " < " : " > ").append(number(signal.limit()));
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 100 ? "%.0f" : size >= 1 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
