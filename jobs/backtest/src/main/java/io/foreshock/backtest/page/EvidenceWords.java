package io.foreshock.backtest.page;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import java.util.Locale;
import java.util.Map;

/** How a signal of an alarm's evidence reads, e.g. {@code 4.8 mm/s > 4.5}. */
@FunctionalInterface
public interface EvidenceWords {

  /** What the signal said; empty when its name says it all. */
  String of(Detection detection, Signal signal);

  /**
   * Value and unit, and the limit with what was compared to it.
   *
   * @param units unit of each channel; a channel that is absent has none
   */
  static EvidenceWords plain(Map<String, String> units) {
    return (detection, signal) -> {
      StringBuilder text = new StringBuilder();
      if (!Double.isNaN(signal.value())) {
        String unit = units.getOrDefault(signal.channel(), "");
        text.append(number(signal.value())).append(unit.isEmpty() ? "" : " " + unit);
      }
      if (!Double.isNaN(signal.score()) && signal.score() != signal.value()) {
        text.append(text.length() == 0 ? "" : ", ").append("score ").append(number(signal.score()));
      }
      if (!Double.isNaN(signal.limit())) {
        text.append(text.length() == 0 ? "" : ", ").append("limit ").append(number(signal.limit()));
      }
      return text.toString();
    };
  }

  private static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 1000 ? "%.0f" : size >= 10 ? "%.1f" : "%.3g";
    return String.format(Locale.ROOT, form, value);
  }
}
