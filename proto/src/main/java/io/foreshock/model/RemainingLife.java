package io.foreshock.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a machine will go on, by a forecast: operating time, not calendar time.
 *
 * <p>Travels with a symptom as the text of {@link Signal#attribute}, e.g. {@code remaining 41.2 h
 * (26.0 to 63.1)}: rounded to a tenth of an hour.
 *
 * @param hours median
 * @param lowHours ends within this with a probability of a tenth
 * @param highHours lasts longer than this with a probability of a tenth, unless it is the longest
 *     that the detector forecasts
 */
public record RemainingLife(double hours, double lowHours, double highHours) {
  private static final Pattern TEXT =
      Pattern.compile("remaining (\\d+\\.\\d) h \\((\\d+\\.\\d) to (\\d+\\.\\d)\\)");

  /** As it travels. */
  public String text() {
    return String.format(
        Locale.ROOT, "remaining %.1f h (%.1f to %.1f)", hours, lowHours, highHours);
  }

  /** What a symptom says; null when it is no remaining life. */
  public static RemainingLife of(Signal signal) {
    if (!signal.attribute().startsWith("remaining ")) {
      return null;
    }
    Matcher found = TEXT.matcher(signal.attribute());
    return found.matches()
        ? new RemainingLife(
            Double.parseDouble(found.group(1)),
            Double.parseDouble(found.group(2)),
            Double.parseDouble(found.group(3)))
        : null;
  }
}
