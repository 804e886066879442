package io.foreshock.runtime.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/**
 * How the value of an option is written.
 *
 * @param name name on the reference page, e.g. {@code duration}
 * @param rule what a value must be, with an example; follows "must be"
 * @param parser text to value; throws {@link RuntimeException} for what is not one
 * @param formatter value to the text that gives it again
 */
record OptionType<T>(
    String name, String rule, Function<String, T> parser, Function<T, String> formatter) {

  private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?[0-9.]+");

  static final OptionType<String> TEXT =
      new OptionType<>("text", "a text", Function.identity(), Function.identity());

  static final OptionType<List<String>> LIST =
      new OptionType<>(
          "list", "a list such as \"a, b\"", OptionType::split, list -> String.join(", ", list));

  static final OptionType<Boolean> YES_OR_NO =
      new OptionType<>("boolean", "true or false", OptionType::parseBoolean, String::valueOf);

  static final OptionType<Integer> WHOLE_NUMBER =
      new OptionType<>("integer", "a whole number", Integer::valueOf, String::valueOf);

  static final OptionType<Double> NUMBER =
      new OptionType<>("number", "a number", OptionType::parseDouble, String::valueOf);

  static final OptionType<Duration> DURATION =
      new OptionType<>(
          "duration",
          "a duration with its unit, e.g. \"10 min\"",
          OptionType::parseDuration,
          TimeUtils::formatWithHighestUnit);

  static final OptionType<MemorySize> SIZE =
      new OptionType<>(
          "size",
          "a size with its unit, e.g. \"1 mb\"",
          text -> MemorySize.parse(withUnit(text)),
          OptionType::formatSize);

  static <E extends Enum<E>> OptionType<E> oneOf(Class<E> choices) {
    String words =
        Arrays.stream(choices.getEnumConstants())
            .map(OptionType::word)
            .collect(Collectors.joining(", "));
    return new OptionType<>(
        "one of " + words,
        "one of " + words,
        text ->
            Arrays.stream(choices.getEnumConstants())
                .filter(choice -> word(choice).equals(text))
                .findFirst()
                .orElseThrow(),
        OptionType::word);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Duration parseDuration(String text) {
    // Flink takes no sign; a rule such as "be positive" explains better than "no duration".
    return text.startsWith("-")
        ? TimeUtils.parseDuration(withUnit(text.substring(1))).negated()
        : TimeUtils.parseDuration(withUnit(text));
  }

  private static String withUnit(String text) {
    // Flink takes a bare number for milliseconds or bytes; a reader of the file should not have to
    // know.
    if (BARE_NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("no unit");
    }
    return text;
  }

  private static String formatSize(MemorySize size) {
    long bytes = size.getBytes();
    String[] units = {"bytes", "kb", "mb", "gb"};
    int unit = 0;
    while (unit + 1 < units.length && bytes > 0 && bytes % 1024 == 0) {
      bytes /= 1024;
      unit++;
    }
    return bytes + " " + units[unit];
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static double parseDouble(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(","))
        .map(String::trim)
        .filter(element -> !element.isEmpty())
        .toList();
  }
}
