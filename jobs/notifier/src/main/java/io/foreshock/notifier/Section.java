package io.foreshock.notifier;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values under names of people's choice: {@code channels.<name>.…}, {@code routes.<name>.…}. */
final class Section {
  private Section() {}

  /**
   * Values by name and key.
   *
   * @param prefix e.g. {@code channels.}
   * @param family values by key without the prefix
   * @param problems takes what names no key, and names that are none
   */
  static Map<String, Map<String, String>> byName(
      String prefix, Map<String, String> family, List<String> problems) {
    Map<String, Map<String, String>> names = new TreeMap<>();
    family.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          String name = dot < 0 ? key : key.substring(0, dot);
          if (dot <= 0) {
            problems.add(
                "Option \"%s%s\" names no key. Use e.g. \"%s%s.%s\"."
                    .formatted(
                        prefix, key, prefix, name, prefix.equals("routes.") ? "channels" : "type"));
          } else if (!name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?") || name.length() > 63) {
            problems.add(
                "A name under \"%s\" must be lower case letters, digits and dashes, but is \"%s\"."
                    .formatted(prefix, name));
          } else {
            names
                .computeIfAbsent(name, n -> new TreeMap<>())
                .put(key.substring(dot + 1), value.trim());
          }
        });
    return names;
  }

  /**
   * Reads the values of one name.
   *
   * @param prefix e.g. {@code channels.mail.}; the options' keys begin with it
   * @return null when something is wrong
   */
  static Settings read(
      String prefix, Options options, Map<String, String> values, List<String> problems) {
    Map<String, String> full = new LinkedHashMap<>();
    values.forEach((key, value) -> full.put(prefix + key, value));
    try {
      return Settings.read(options, new CommandLine(List.of(), full, false, false, List.of()));
    } catch (StartRefused refused) {
      // Where the value stands is said when all options are printed.
      refused
          .problems()
          .forEach(
              problem ->
                  problems.add(
                      problem
                          .replace(" (command line)", "")
                          .replace("--help lists all options.", "The README lists all keys.")));
      return null;
    }
  }
}
