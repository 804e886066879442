package io.foreshock.cli.demo;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A detection in words: which machine, what, and the evidence of each stage, e.g. {@code pump-017
 * acme bearing wear} and {@code shaking 5.1 mm/s > 4.5 → worse 7.3 mm/s > 7.1}.
 */
final class DetectionLine {
  private final ChannelRegistry channels;
  private final Map<String, DetectorSpec> detectors = new HashMap<>();

  /**
   * @param patterns that run; they tell what a limit means
   */
  DetectionLine(ChannelRegistry channels, List<PatternDefinition> patterns) {
    this.channels = channels;
    for (PatternDefinition pattern : patterns) {
      for (SymptomDefinition symptom : pattern.symptoms()) {
        detectors.put(pattern.name() + ' ' + symptom.name(), symptom.detector());
      }
    }
  }

  /** Machine, tenant, component and failure mode. */
  static String subject(Detection detection) {
    return detection.asset().assetId()
        + " "
        + detection.asset().tenant()
        + " "
        + detection.component()
        + " "
        + detection.failureMode();
  }

  /** What each stage took: the last signal of each. */
  String evidence(Detection detection) {
    StringBuilder text = new StringBuilder();
    for (Detection.StageEvidence stage : detection.evidence()) {
      if (!stage.signals().isEmpty()) {
        Signal last = stage.signals().get(stage.signals().size() - 1);
        text.append(text.length() == 0 ? "" : " → ").append(stage.stage()).append(' ');
        text.append(
            last.kind() == SignalKind.SYMPTOM ? symptom(detection.pattern(), last) : last.name());
      }
    }
    return text.toString();
  }

  private String symptom(String pattern, Signal signal) {
    DetectorSpec detector = detectors.get(pattern + ' ' + signal.name());
    Channel channel = channels.find(signal.channel());
    String unit = channel == null || channel.unit().isEmpty() ? "" : ' ' + channel.unit();
    String value = Double.isNaN(signal.value()) ? "" : number(signal.value()) + unit;
    if (detector instanceof DetectorSpec.Threshold threshold) {
      String sign = threshold.side() == DetectorSpec.Side.ABOVE ? " > " : " < ";
      // Of a smoothed channel the average was compared, not the last value.
      double compared = Double.isNaN(signal.score()) ? signal.value() : signal.score();
      return number(compared) + unit + sign + number(signal.limit());
    }
    if (detector instanceof DetectorSpec.Drift || detector instanceof DetectorSpec.Step) {
      return value + " (" + number(signal.score()) + " sigma)";
    }
    if (detector instanceof DetectorSpec.Trend) {
      return value + " (" + number(signal.score()) + unit + "/h)";
    }
    return value.isEmpty() ? signal.name() : value;
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 1000 ? "%.0f" : size >= 1 ? "%.1f" : "%.2f";
    String text = String.format(Locale.ROOT, form, value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
