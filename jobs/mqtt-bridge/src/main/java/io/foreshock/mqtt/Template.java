package io.foreshock.mqtt;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with the named levels of a topic in it, e.g. <code>{line}-{machine}</code>.
 *
 * @param text as configured
 */
record Template(String text) {
  private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

  /** Names that it needs. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  String fill(Map<String, String> levels) {
    return NAME.matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(levels.get(match.group(1))));
  }
}
