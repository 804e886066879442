package io.foreshock.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * MQTT topics with named levels, e.g. <code>plants/{tenant}/{asset}/{device}/telemetry</code>.
 *
 * <p>A level is a text, <code>{name}</code> or {@code +} for any one level, and the last may be
 * {@code #} for any number of levels. Immutable.
 */
final class TopicPattern {
  private static final String ANY = "+";
  private static final String REST = "#";

  private final String text;
  private final String[] levels;
  private final boolean open;

  private TopicPattern(String text, String[] levels) {
    this.text = text;
    this.levels = levels;
    this.open = levels[levels.length - 1].equals(REST);
  }

  /**
   * @throws IllegalArgumentException when it is none; the message follows the name of the option
   */
  static TopicPattern parse(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    String[] levels = text.split("/", -1);
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      if (isName(level)) {
        if (!names.add(level)) {
          throw new IllegalArgumentException("names " + level + " twice");
        }
      } else if (level.equals(REST)) {
        if (i < levels.length - 1) {
          throw new IllegalArgumentException("has a \"#\" that is not the last level");
        }
      } else if (!level.equals(ANY) && level.chars().anyMatch(c -> "+#{}\u0000".indexOf(c) >= 0)) {
        throw new IllegalArgumentException(
            "mixes text and wildcard in the level \""
                + level
                + "\"; a level is a text, {name}, + or a last #");
      }
    }
    return new TopicPattern(text, levels);
  }

  /** The filter that a broker understands. */
  String filter() {
    List<String> plain = new ArrayList<>();
    for (String level : levels) {
      plain.add(isName(level) ? ANY : level);
    }
    return String.join("/", plain);
  }

  /** Names of its levels, without braces. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (String level : levels) {
      if (isName(level)) {
        names.add(name(level));
      }
    }
    return names;
  }

  /** What the named levels are in a topic; null when the topic does not match. */
  Map<String, String> match(String[] topic) {
    int fixed = open ? levels.length - 1 : levels.length;
    if (topic.length < fixed || !open && topic.length > fixed) {
      return null;
    }
    // A broker never matches a wildcard at the start with its own topics.
    if (topic[0].startsWith("$") && !topic[0].equals(levels[0])) {
      return null;
    }
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < fixed; i++) {
      if (isName(levels[i])) {
        found.put(name(levels[i]), topic[i]);
      } else if (!levels[i].equals(ANY) && !levels[i].equals(topic[i])) {
        return null;
      }
    }
    return found;
  }

  /** Whether some topic matches both. */
  boolean overlaps(TopicPattern other) {
    int shorter = Math.min(levels.length, other.levels.length);
    for (int i = 0; i < shorter; i++) {
      if (levels[i].equals(REST) || other.levels[i].equals(REST)) {
        return true;
      }
      if (isText(levels[i]) && isText(other.levels[i]) && !levels[i].equals(other.levels[i])) {
        return false;
      }
    }
    // "a/#" matches "a" as well.
    return levels.length == other.levels.length
        || levels.length == shorter + 1 && open
        || other.levels.length == shorter + 1 && other.open;
  }

  @Override
  public String toString() {
    return text;
  }

  private static boolean isText(String level) {
    return !isName(level) && !level.equals(ANY);
  }

  private static boolean isName(String level) {
    return level.matches("\\{[a-z][a-z0-9-]*}");
  }

  private static String name(String level) {
    return level.substring(1, level.length() - 1);
  }
}
