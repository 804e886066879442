package io.foreshock.backtest.score;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sweep as it is typed: {@code symptoms.hot.above=3..6}, {@code …=3..6:0.5}, {@code …=3,4,5},
 * with {@code pattern-name/} in front when several patterns have the key. Units may stand behind
 * the numbers ({@code within=6h..48h:6h}); without, the unit of the pattern stays.
 *
 * @param pattern name of the pattern; empty when not said
 * @param path key, levels separated by dots; elements of a list by number from 1 ({@code
 *     sequence[2].times}) or by the name of a stage ({@code sequence.shaking.times})
 * @param values as they are to stand in the pattern, with a unit only when one was typed
 */
public record SweepRequest(String pattern, String path, List<String> values) {
  /** More values than this are refused: each is a pattern of its own in the run. */
  static final int MOST = 100;

  private static final Pattern FORM =
      Pattern.compile("(?:([a-z0-9][a-z0-9-]*)/)?([^=/\\s]+)\\s*=\\s*(.+)");
  private static final String NUMBER = "([+-]?\\d+(?:\\.\\d+)?)\\s*([^\\d.:+-][^.:]*)?";
  private static final Pattern RANGE =
      Pattern.compile(NUMBER + "\\.\\." + NUMBER + "(?::" + NUMBER + ")?");
  private static final int POINTS = 10;
  private static final int[] NICE = {1, 2, 5, 10};

  public SweepRequest {
    values = List.copyOf(values);
  }

  /**
   * @throws IllegalArgumentException when it cannot be understood; to be shown
   */
  public static SweepRequest parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw refused(text, "has another form");
    }
    String values = matcher.group(3).strip();
    List<String> all =
        values.contains("..")
            ? range(text, values)
            : Arrays.stream(values.split(",", -1)).map(String::strip).distinct().toList();
    if (all.stream().anyMatch(String::isEmpty)) {
      throw refused(text, "holds an empty value");
    }
    if (all.size() > MOST) {
      throw refused(text, "asks for " + all.size() + " values, more than " + MOST);
    }
    return new SweepRequest(
        matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2), all);
  }

  private static List<String> range(String text, String values) {
    Matcher matcher = RANGE.matcher(values);
    if (!matcher.matches()) {
      throw refused(text, "is no range of numbers");
    }
    String unit = "";
    for (int group = 2; group <= 6; group += 2) {
      String one = matcher.group(group) == null ? "" : matcher.group(group).strip();
      if (!one.isEmpty() && !unit.isEmpty() && !one.equals(unit)) {
        throw refused(text, "mixes the units " + unit + " and " + one);
      }
      unit = one.isEmpty() ? unit : one;
    }
    BigDecimal from = new BigDecimal(matcher.group(1));
    BigDecimal to = new BigDecimal(matcher.group(3));
    if (from.compareTo(to) > 0) {
      throw refused(text, "runs from the larger value to the smaller");
    }
    BigDecimal step =
        matcher.group(5) == null ? niceStep(to.subtract(from)) : new BigDecimal(matcher.group(5));
    if (step.signum() <= 0) {
      throw refused(text, "has a step that is not above zero");
    }
    if (to.subtract(from).divide(step, MathContext.DECIMAL64).compareTo(BigDecimal.valueOf(MOST))
        >= 0) {
      throw refused(text, "asks for more than " + MOST + " values");
    }
    List<String> all = new ArrayList<>();
    for (BigDecimal value = from; value.compareTo(to) <= 0; value = value.add(step)) {
      String number = value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
      all.add(unit.isEmpty() ? number : number + unitBehind(unit));
    }
    return all;
  }

  /** Durations are written close, units of measure apart; both are read either way. */
  private static String unitBehind(String unit) {
    return unit.matches("ms|s|sec|min|h|d") ? unit : " " + unit;
  }

  /** 1, 2 or 5 times a power of ten, so that there are about ten values. */
  private static BigDecimal niceStep(BigDecimal width) {
    if (width.signum() == 0) {
      return BigDecimal.ONE;
    }
    BigDecimal least = width.divide(BigDecimal.valueOf(POINTS), MathContext.DECIMAL64);
    int exponent = least.precision() - least.scale() - 1;
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    for (int nice : NICE) {
      BigDecimal step = power.multiply(BigDecimal.valueOf(nice));
      if (step.compareTo(least) >= 0) {
        return step.setScale(Math.max(0, -exponent), RoundingMode.UNNECESSARY);
      }
    }
    throw new IllegalStateException("Ten times a power of ten is above " + least);
  }

  private static IllegalArgumentException refused(String text, String rule) {
    return new IllegalArgumentException(
        "--sweep \"%s\" %s. Use e.g. symptoms.hot.above=3..6, …=3..6:0.5, …=3,4,5, or pattern-name/symptoms.hot.above=3..6 when there are several patterns."
            .formatted(text, rule));
  }
}
