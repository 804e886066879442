package io.foreshock.operators.documents;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units and durations, as people write them. */
public final class Quantities {
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)\\s*(.*)");
  private static final Pattern DURATION_PART =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-zA-Z]+)\\s*");
  private static final Map<String, Long> MILLIS =
      Map.ofEntries(
          Map.entry("ms", 1L),
          Map.entry("s", 1_000L),
          Map.entry("sec", 1_000L),
          Map.entry("min", 60_000L),
          Map.entry("h", 3_600_000L),
          Map.entry("d", 86_400_000L));

  private Quantities() {}

  /**
   * A number with what stands behind it.
   *
   * @param unit empty when none is written
   */
  public record Number(double value, String unit) {}

  /** The number, or null when the text is none. */
  public static Number number(String text) {
    Matcher matcher = NUMBER.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    double value = Double.parseDouble(matcher.group(1));
    return Double.isFinite(value) ? new Number(value, matcher.group(2).strip()) : null;
  }

  /** The duration, e.g. of {@code 30s}, {@code 10 min}, {@code 1h 30min}; null when it is none. */
  public static Duration duration(String text) {
    Matcher matcher = DURATION_PART.matcher(text.strip());
    double millis = 0;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      Long unit = MILLIS.get(matcher.group(2));
      if (unit == null) {
        return null;
      }
      millis += Double.parseDouble(matcher.group(1)) * unit;
      end = matcher.end();
    }
    boolean whole = end > 0 && end == text.strip().length();
    return whole && millis <= 1e15 ? Duration.ofMillis(Math.round(millis)) : null;
  }

  /** Seconds of a unit of time such as {@code min}, or NaN when it is none. */
  public static double seconds(String unit) {
    Long millis = MILLIS.get(unit);
    return millis == null ? Double.NaN : millis / 1_000.0;
  }

  /** A duration as a document would state it. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 86_400_000 == 0 && millis > 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0 && millis > 0) {
      return millis / 60_000 + "min";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  /** A number without a useless fraction. */
  public static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
