package io.foreshock.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.configuration.MemorySize;

/**
 * One option of a job: key, type, default, rules and description. Immutable; declared once as a
 * constant.
 *
 * <pre>{@code
 * static final Option<Duration> MAX_WAIT =
 *     Option.duration("reorder.max-wait", "How long a gap in a device's sequence is waited for.")
 *         .withDefault(Duration.ofSeconds(30))
 *         .must("be positive", wait -> !wait.isNegative() && !wait.isZero());
 * }</pre>
 */
public final class Option<T> {
  private final String key;
  private final String description;
  private final OptionType<T> type;
  private final T defaultValue;
  private final boolean optional;
  private final String example;
  private final String formerKey;
  private final List<Rule<T>> rules;

  private record Rule<T>(String text, Predicate<T> holds) {}

  private Option(
      String key,
      String description,
      OptionType<T> type,
      T defaultValue,
      boolean optional,
      String example,
      String formerKey,
      List<Rule<T>> rules) {
    this.key = key;
    this.description = description;
    this.type = type;
    this.defaultValue = defaultValue;
    this.optional = optional;
    this.example = example;
    this.formerKey = formerKey;
    this.rules = List.copyOf(rules);
  }

  private static <T> Option<T> required(String key, String description, OptionType<T> type) {
    return new Option<>(key, description, type, null, false, null, null, List.of());
  }

  /** Any text. */
  public static Option<String> text(String key, String description) {
    return required(key, description, OptionType.TEXT);
  }

  /** Texts separated by commas, or a list in YAML. */
  public static Option<List<String>> list(String key, String description) {
    return required(key, description, OptionType.LIST);
  }

  /** {@code true} or {@code false}. */
  public static Option<Boolean> yesOrNo(String key, String description) {
    return required(key, description, OptionType.YES_OR_NO);
  }

  /** A whole number. */
  public static Option<Integer> wholeNumber(String key, String description) {
    return required(key, description, OptionType.WHOLE_NUMBER);
  }

  /** A finite number. */
  public static Option<Double> number(String key, String description) {
    return required(key, description, OptionType.NUMBER);
  }

  /** A duration; the unit must be written. */
  public static Option<Duration> duration(String key, String description) {
    return required(key, description, OptionType.DURATION);
  }

  /** A number of bytes; the unit must be written. */
  public static Option<MemorySize> size(String key, String description) {
    return required(key, description, OptionType.SIZE);
  }

  /** One constant of an enum, written in kebab case. */
  public static <E extends Enum<E>> Option<E> oneOf(
      String key, String description, Class<E> choices) {
    return required(key, description, OptionType.oneOf(choices));
  }

  /** The value when nothing is configured. Without one the option is required. */
  public Option<T> withDefault(T value) {
    return new Option<>(key, description, type, value, true, example, formerKey, rules);
  }

  /** A value that people can copy; shown where a value is missing or wrong. */
  public Option<T> withExample(String text) {
    return new Option<>(key, description, type, defaultValue, optional, text, formerKey, rules);
  }

  /** The key of the release before; still read, with a warning. */
  public Option<T> formerly(String oldKey) {
    return new Option<>(key, description, type, defaultValue, optional, example, oldKey, rules);
  }

  /**
   * Adds a rule.
   *
   * @param rule follows the word "must", e.g. {@code be positive}
   */
  public Option<T> must(String rule, Predicate<T> holds) {
    List<Rule<T>> all = new ArrayList<>(rules);
    all.add(new Rule<>(rule, holds));
    return new Option<>(key, description, type, defaultValue, optional, example, formerKey, all);
  }

  public String key() {
    return key;
  }

  String description() {
    return description;
  }

  String typeName() {
    return type.name();
  }

  String formerKey() {
    return formerKey;
  }

  boolean isRequired() {
    return !optional;
  }

  T defaultValue() {
    return defaultValue;
  }

  /** The default as it would be written; empty when there is none. */
  String defaultText() {
    return defaultValue == null ? "" : type.formatter().apply(defaultValue);
  }

  String format(Object value) {
    @SuppressWarnings("unchecked")
    T typed = (T) value;
    return type.formatter().apply(typed);
  }

  /** "Use e.g. …", or nothing when there is no example. */
  String wayOut() {
    String text = example == null ? defaultText() : example;
    return text.isEmpty() ? "" : " Use e.g. \"" + text + "\".";
  }

  /**
   * Parses a value.
   *
   * @param origin where it was written, for messages
   * @param problems takes what is wrong with it
   * @return null when something is wrong
   */
  T parse(String text, String origin, List<String> problems) {
    T value;
    try {
      value = type.parser().apply(text.trim());
    } catch (RuntimeException notOne) {
      problems.add(
          key
              + " must be "
              + type.rule()
              + ", but is \""
              + Settings.shown(key, text)
              + "\" ("
              + origin
              + ")."
              + wayOut());
      return null;
    }
    for (Rule<T> rule : rules) {
      if (!rule.holds().test(value)) {
        problems.add(
            key
                + " must "
                + rule.text()
                + ", but is \""
                + Settings.shown(key, text)
                + "\" ("
                + origin
                + ")."
                + wayOut());
        return null;
      }
    }
    return value;
  }
}
