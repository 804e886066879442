package io.foreshock.operators.documents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of one mapping and reports what is wrong with each. A field with a problem reads
 * as its default, so that reading goes on to the next problem.
 */
public final class Fields {
  private final YamlNode.Mapping mapping;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param path where the mapping stands, e.g. {@code symptoms.hot}; empty for the document
   */
  public Fields(YamlNode.Mapping mapping, String path, Problems problems) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
  }

  public Problems problems() {
    return problems;
  }

  public int line() {
    return mapping.line();
  }

  /** Line of a field, or of the mapping when it is absent. */
  public int line(String key) {
    return mapping.keyLines().getOrDefault(key, mapping.line());
  }

  public String path(String key) {
    return path.isEmpty() ? key : path + '.' + key;
  }

  /** Keys as written, in order. */
  public List<String> keys() {
    return List.copyOf(mapping.fields().keySet());
  }

  public boolean has(String key) {
    known.add(key);
    return mapping.fields().containsKey(key);
  }

  public YamlNode node(String key) {
    known.add(key);
    return mapping.fields().get(key);
  }

  public void problem(String key, String text) {
    problems.add(line(key), path(key) + ' ' + text);
  }

  /** Reports a missing field. */
  public void missing(String key, String wayOut) {
    problems.add(
        mapping.line(),
        (path.isEmpty() ? "" : path + ": ") + "\"" + key + "\" is missing. " + wayOut);
  }

  /** Text of a field; null when absent or no text. */
  public String text(String key) {
    YamlNode node = node(key);
    if (node == null) {
      return null;
    }
    if (node instanceof YamlNode.Text text && !text.value().isEmpty()) {
      return text.value();
    }
    problem(key, "must be a text, but is " + node.kind() + ".");
    return null;
  }

  public String text(String key, String whenAbsent) {
    String text = text(key);
    return text == null ? whenAbsent : text;
  }

  /** A text or a list of texts; empty when absent. */
  public List<String> texts(String key) {
    YamlNode node = node(key);
    List<String> texts = new ArrayList<>();
    if (node == null) {
      return texts;
    }
    List<YamlNode> items = node instanceof YamlNode.Items list ? list.values() : List.of(node);
    for (YamlNode item : items) {
      if (item instanceof YamlNode.Text text && !text.value().isEmpty()) {
        texts.add(text.value());
      } else {
        problem(key, "must be a text or a list of texts, but holds " + item.kind() + ".");
      }
    }
    if (items.isEmpty()) {
      problem(key, "is empty. Leave it out to mean all.");
    }
    return texts;
  }

  public Fields mapping(String key) {
    YamlNode node = node(key);
    if (node instanceof YamlNode.Mapping inner) {
      return new Fields(inner, path(key), problems);
    }
    if (node != null) {
      problem(key, "must be a mapping, but is " + node.kind() + ".");
    }
    return null;
  }

  public boolean flag(String key) {
    String text = text(key);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      problem(key, "must be true or false, but is \"" + text + "\".");
    }
    return "true".equals(text);
  }

  /** A whole number between two bounds; null when absent or wrong. */
  public Integer whole(String key, int minimum, int maximum) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= minimum && value <= maximum) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    problem(
        key,
        "must be a whole number from " + minimum + " to " + maximum + ", but is \"" + text + "\".");
    return null;
  }

  /** A duration above zero; null when absent or wrong. */
  public Duration duration(String key) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    Duration duration = Quantities.duration(text);
    if (duration == null || duration.isZero()) {
      problem(
          key,
          "must be a duration above zero with its unit (ms, s, min, h, d), but is \""
              + text
              + "\". Use e.g. \"10 min\".");
      return null;
    }
    return duration;
  }

  /** One of a few words; the default when absent or wrong. */
  public <T> T word(String key, T whenAbsent, T[] values, Function<T, String> word) {
    String text = text(key);
    if (text == null) {
      return whenAbsent;
    }
    List<String> words = new ArrayList<>();
    for (T value : values) {
      if (word.apply(value).equals(text)) {
        return value;
      }
      words.add(word.apply(value));
    }
    problem(
        key,
        "must be one of "
            + String.join(", ", words)
            + ", but is \""
            + text
            + "\"."
            + (Suggestions.isNear(text, words) ? ' ' + Suggestions.forName(text, words) : ""));
    return whenAbsent;
  }

  /** Word of an enum constant: lower case with hyphens. */
  public static String kebab(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reports the fields that nobody asked for; to be called last. */
  public void noOthers() {
    for (String key : mapping.fields().keySet()) {
      if (!known.contains(key)) {
        problems.add(
            line(key), "Unknown key \"" + path(key) + "\". " + Suggestions.forName(key, known));
      }
    }
  }
}
