package io.foreshock.patterns.language;

import java.util.List;
import java.util.Random;

/** Pattern documents over the whole language; many of them are refused. */
final class RandomPatterns {
  private static final List<String> CONDITIONS =
      List.of(
          "symptom == \"rough\"",
          "symptom == \"hot\"",
          "cleared == \"rough\"",
          "symptom in [\"rough\", \"hot\"]",
          "fault.code == \"error1\"",
          "fault.code != \"\" && fault.code != \"error1\"",
          "fault.severity == \"error\" || maintenance.component == \"bearing\"",
          "state in [\"running\", \"idle\"]",
          "value > 4 && symptom != \"\"");

  private final Random random;
  private int stage;

  RandomPatterns(Random random) {
    this.random = random;
  }

  String next() {
    stage = 0;
    boolean strict = random.nextInt(5) == 0;
    return """
        pattern: random
        version: 2
        symptoms:
          rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1, clearBelow: 6.5}
          hot: {detector: threshold, channel: bearing_temperature_c, above: 90, clearBelow: 80}
        within: %s
        afterMatch: %s
        detection: {component: bearing, failureMode: wear, severity: watch}
        sequence:
        """
            .formatted(
                pick("8 min", "20 min", "2h"),
                pick(
                    "skip-past-last-event",
                    "no-skip",
                    "skip-to-next",
                    "{skip-to-first: s2}",
                    "{skip-to-last: s1}"))
        + elements(1 + random.nextInt(4), "  ", strict, 0)
        // Keeps the checker from refusing symptoms that no stage happens to name.
        + "  - {stage: end, when: 'symptom in [\"rough\", \"hot\"] || fault.code == \"P0217\"', "
        + "contiguity: followedBy}\n";
  }

  private String elements(int count, String indent, boolean strict, int depth) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String contiguity = i == 0 ? "" : ", contiguity: " + contiguity(strict);
      boolean group = depth < 2 && random.nextInt(6) == 0;
      text.append(indent).append("- ");
      if (group) {
        text.append("group:\n")
            .append(elements(1 + random.nextInt(2), indent + "    ", strict, depth + 1))
            .append(flat(contiguity + quantifier(strict), indent + "  "));
      } else {
        text.append("{stage: s")
            .append(++stage)
            .append(", when: '")
            .append(condition())
            .append('\'')
            .append(contiguity)
            .append(quantifier(strict))
            .append("}\n");
      }
    }
    return text.toString();
  }

  /** {@code , a: b, c: d} as lines of their own. */
  private static String flat(String fields, String indent) {
    StringBuilder text = new StringBuilder();
    for (String field : fields.split(", (?=[a-zA-Z]+: )")) {
      if (!field.isBlank()) {
        text.append(indent).append(field).append('\n');
      }
    }
    return text.toString();
  }

  private String condition() {
    String condition = pick(CONDITIONS.toArray(new String[0]));
    return stage > 1 && random.nextInt(6) == 0
        ? condition + " && time - stages.s1.time < duration(\"15m\")"
        : condition;
  }

  private String contiguity(boolean strict) {
    return strict
        ? pick("next", "followedBy", "notNext", "notFollowedBy")
        : pick("followedBy", "followedBy", "followedByAny", "notFollowedBy");
  }

  private String quantifier(boolean strict) {
    StringBuilder text = new StringBuilder();
    switch (random.nextInt(8)) {
      case 0 -> text.append(", oneOrMore: true");
      case 1 -> text.append(", times: 2");
      case 2 -> text.append(", times: {min: 1, max: 3}");
      case 3 -> text.append(", times: {min: 2}");
      default -> {
        return random.nextInt(5) == 0 ? ", optional: true" : "";
      }
    }
    if (random.nextInt(3) == 0) {
      text.append(", optional: true");
    }
    switch (random.nextInt(5)) {
      case 0 -> text.append(", greedy: true");
      case 1 -> text.append(strict ? ", consecutive: true" : ", allowCombinations: true");
      case 2 -> text.append(", until: 'fault.code == \"P0217\"'");
      default -> {
        // Relaxed repetition.
      }
    }
    return text.toString();
  }

  private String pick(String... values) {
    return values[random.nextInt(values.length)];
  }
}
