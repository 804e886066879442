package io.foreshock.backtest.score;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Assets as they are named on a command line: ids, globs ({@code pump-*}, {@code pump-0?}), and
 * numbers and ranges of the number at the end of an id ({@code 1-25} means {@code machine-1} to
 * {@code machine-25}), separated by commas.
 */
public final class AssetList {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");
  private static final Pattern NUMBER_AT_END = Pattern.compile("(\\d+)$");
  private static final int SHOWN = 6;

  private AssetList() {}

  /**
   * The assets named, in natural order (machine-2 before machine-10).
   *
   * @param option name of the option, for the message
   * @throws IllegalArgumentException when a part fits no asset; to be shown
   */
  public static List<String> parse(String option, String text, SortedSet<String> known) {
    Set<String> wanted = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      List<String> found = find(part.strip(), known);
      if (found.isEmpty()) {
        throw new IllegalArgumentException(
            "%s asks for \"%s\", but the data hold %s. Use ids, patterns like pump-*, or ranges of the number at the end like 1-25."
                .formatted(option, part.strip(), describe(known)));
      }
      wanted.addAll(found);
    }
    List<String> sorted = new ArrayList<>(wanted);
    sorted.sort(natural());
    return List.copyOf(sorted);
  }

  /** Numbers at the end of an id count as numbers. */
  static Comparator<String> natural() {
    return Comparator.comparing((String id) -> NUMBER_AT_END.matcher(id).replaceFirst(""))
        .thenComparing(id -> number(id) == null ? BigInteger.valueOf(-1) : number(id))
        .thenComparing(Comparator.naturalOrder());
  }

  private static List<String> find(String part, SortedSet<String> known) {
    if (known.contains(part)) {
      return List.of(part);
    }
    Matcher range = RANGE.matcher(part);
    if (range.matches()) {
      BigInteger first = new BigInteger(range.group(1));
      BigInteger last = range.group(2) == null ? first : new BigInteger(range.group(2));
      return known.stream()
          .filter(
              id -> {
                BigInteger number = number(id);
                return number != null
                    && number.compareTo(first) >= 0
                    && number.compareTo(last) <= 0;
              })
          .toList();
    }
    Pattern glob = glob(part);
    return known.stream().filter(id -> glob.matcher(id).matches()).toList();
  }

  private static Pattern glob(String text) {
    StringBuilder pattern = new StringBuilder();
    for (char c : text.toCharArray()) {
      pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(pattern.toString());
  }

  private static BigInteger number(String id) {
    Matcher matcher = NUMBER_AT_END.matcher(id);
    return matcher.find() ? new BigInteger(matcher.group(1)) : null;
  }

  private static String describe(SortedSet<String> known) {
    List<String> some = known.stream().sorted(natural()).toList();
    if (some.isEmpty()) {
      return "no asset";
    }
    return some.size() <= SHOWN
        ? String.join(", ", some)
        : "%d assets from %s to %s".formatted(some.size(), some.get(0), some.get(some.size() - 1));
  }
}
