package io.foreshock.backtest.page;

import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Words that know the unit of a channel and what the detector of a symptom compares. */
final class PatternWords implements EvidenceWords {
  private final ChannelRegistry channels;
  private final Map<String, DetectorSpec> detectors = new HashMap<>();

  PatternWords(Collection<PatternDefinition> patterns, ChannelRegistry channels) {
    this.channels = channels;
    for (PatternDefinition pattern : patterns) {
      for (SymptomDefinition symptom : pattern.symptoms()) {
        detectors.put(pattern.name() + ' ' + symptom.name(), symptom.detector());
      }
    }
  }

  @Override
  public String of(Detection detection, Signal signal) {
    String unit = unit(signal.channel());
    String value = text(signal.value(), unit);
    if (signal.kind() != SignalKind.SYMPTOM) {
      return value.isEmpty() ? signal.attribute() : value;
    }
    DetectorSpec detector = detectors.get(detection.pattern() + ' ' + signal.name());
    if (detector instanceof DetectorSpec.Threshold threshold) {
      String sign = threshold.side() == DetectorSpec.Side.ABOVE ? " > " : " < ";
      // Of a smoothed channel the average was compared, not the last value.
      boolean smoothed = !Double.isNaN(signal.score()) && signal.score() != signal.value();
      String compared = smoothed ? "average " + text(signal.score(), unit) : value;
      return compared + sign + number(signal.limit());
    }
    String scale =
        detector instanceof DetectorSpec.Drift || detector instanceof DetectorSpec.Step
            ? "sigma"
            : detector instanceof DetectorSpec.Trend ? unit + "/h" : "";
    return joined(value, text(signal.score(), scale), text(signal.limit(), ""));
  }

  /** Unit of a channel; empty when it has none or is not known. */
  String unit(String channel) {
    Channel known = channels.find(channel);
    return known == null ? "" : known.unit();
  }

  private static String joined(String value, String score, String limit) {
    String more = score.isEmpty() || limit.isEmpty() ? score : score + ", limit " + limit;
    if (value.isEmpty() || more.isEmpty()) {
      return value + more;
    }
    return value + " (" + more + ")";
  }

  private static String text(double value, String unit) {
    return Double.isNaN(value) ? "" : number(value) + (unit.isEmpty() ? "" : " " + unit);
  }

  static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 1000 ? "%.0f" : size >= 10 || size == 0 ? "%.1f" : "%.3g";
    return String.format(Locale.ROOT, form, value);
  }
}
