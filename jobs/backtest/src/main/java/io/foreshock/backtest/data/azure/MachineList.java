package io.foreshock.backtest.data.azure;

import io.foreshock.backtest.BacktestException;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Machine numbers as typed, e.g. {@code 1-10,21}. */
final class MachineList {
  private static final Pattern PART = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

  private MachineList() {}

  /**
   * @param text as typed
   * @param known machines of the recording; a single number must be one of them, a range takes
   *     those that are
   */
  static SortedSet<Integer> parse(String text, SortedSet<Integer> known) {
    SortedSet<Integer> wanted = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = PART.matcher(part.strip());
      if (!matcher.matches()) {
        throw BacktestException.wrongInput(
            "--machines takes numbers and ranges like 1-10,21, but \""
                + part.strip()
                + "\" is neither.");
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      SortedSet<Integer> found = first <= last ? known.subSet(first, last + 1) : new TreeSet<>();
      if (found.isEmpty()) {
        throw BacktestException.wrongInput(
            "--machines asks for " + part.strip() + ", but the data hold " + describe(known) + ".");
      }
      wanted.addAll(found);
    }
    return wanted;
  }

  /** Short form with ranges, e.g. {@code 1-10,21}. */
  static String describe(SortedSet<Integer> machines) {
    StringBuilder text = new StringBuilder();
    Integer first = null;
    Integer last = null;
    for (Integer machine : machines) {
      if (last != null && machine == last + 1) {
        last = machine;
        continue;
      }
      append(text, first, last);
      first = machine;
      last = machine;
    }
    append(text, first, last);
    return text.length() == 0 ? "no machine" : text.toString();
  }

  private static void append(StringBuilder text, Integer first, Integer last) {
    if (first != null) {
      text.append(text.length() == 0 ? "" : ",").append(first);
      if (!first.equals(last)) {
        text.append('-').append(last);
      }
    }
  }
}
