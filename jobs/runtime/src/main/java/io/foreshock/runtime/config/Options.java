package io.foreshock.runtime.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All options of one job: what may be configured, and which values contradict each other. */
public final class Options {
  private final Map<String, Option<?>> byKey = new LinkedHashMap<>();
  private final Map<String, String> families = new LinkedHashMap<>();
  private final List<Function<Settings, Optional<String>>> contradictions = new ArrayList<>();

  public Options(Collection<? extends Option<?>> options) {
    for (Option<?> option : options) {
      if (byKey.put(option.key(), option) != null) {
        throw new IllegalArgumentException("Option " + option.key() + " is declared twice.");
      }
    }
  }

  /**
   * Allows every key that begins with the prefix; values are passed on as they are.
   *
   * @param prefix e.g. {@code kafka.client.}
   */
  public Options family(String prefix, String description) {
    families.put(prefix, description);
    return this;
  }

  /**
   * Adds a rule about several options. Called only when every option has a value of its own.
   *
   * @param rule the problem in words, or empty
   */
  public Options contradiction(Function<Settings, Optional<String>> rule) {
    contradictions.add(rule);
    return this;
  }

  Collection<Option<?>> all() {
    return byKey.values();
  }

  Map<String, String> families() {
    return families;
  }

  List<Function<Settings, Optional<String>>> contradictions() {
    return contradictions;
  }

  /** The option with this key, also by its former key; null when there is none. */
  Option<?> find(String key) {
    Option<?> option = byKey.get(key);
    if (option != null) {
      return option;
    }
    for (Option<?> candidate : byKey.values()) {
      if (key.equals(candidate.formerKey())) {
        return candidate;
      }
    }
    return null;
  }

  boolean isInFamily(String key) {
    return families.keySet().stream()
        .anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
  }

  /** The known key that looks most like this one; empty when none comes near. */
  Optional<String> nearest(String key) {
    String best = null;
    int distance = Math.max(2, key.length() / 3) + 1;
    for (String candidate : byKey.keySet()) {
      int steps = Distance.between(key, candidate);
      if (steps < distance) {
        distance = steps;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }
}
