package io.foreshock.patterns.language;

import io.foreshock.model.Detection;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.patterns.CompiledPattern.DetectionTemplate;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.definition.AfterMatch;
import io.foreshock.patterns.definition.OpenMatches;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Reads what a pattern says about its matches: how many, what follows one, what one means. */
final class MatchReader {
  private static final int MAXIMUM_OPEN_MATCHES = 1_000;

  private final Fields document;

  MatchReader(Fields document) {
    this.document = document;
  }

  AfterMatch afterMatch() {
    YamlNode node = document.node("afterMatch");
    if (node instanceof YamlNode.Mapping) {
      Fields fields = document.mapping("afterMatch");
      AfterMatch result = AfterMatch.SKIP_PAST_LAST_EVENT;
      for (AfterMatch.Strategy strategy :
          List.of(AfterMatch.Strategy.SKIP_TO_FIRST, AfterMatch.Strategy.SKIP_TO_LAST)) {
        if (fields.has(strategy.word())) {
          result = new AfterMatch(strategy, fields.text(strategy.word(), ""));
        }
      }
      fields.noOthers();
      return result;
    }
    AfterMatch.Strategy strategy =
        document.word(
            "afterMatch",
            AfterMatch.Strategy.SKIP_PAST_LAST_EVENT,
            AfterMatch.Strategy.values(),
            AfterMatch.Strategy::word);
    if (strategy == AfterMatch.Strategy.SKIP_TO_FIRST
        || strategy == AfterMatch.Strategy.SKIP_TO_LAST) {
      document.problem(
          "afterMatch",
          "must name the stage to skip to. Use e.g. \"afterMatch: {"
              + strategy.word()
              + ": hot}\".");
    }
    return new AfterMatch(strategy, "");
  }

  OpenMatches openMatches() {
    Fields fields = document.has("openMatches") ? document.mapping("openMatches") : null;
    if (fields == null) {
      return OpenMatches.DEFAULT;
    }
    Integer maximum = fields.whole("max", 1, MAXIMUM_OPEN_MATCHES);
    Overflow overflow =
        fields.word("overflow", OpenMatches.DEFAULT.overflow(), Overflow.values(), Fields::kebab);
    fields.noOthers();
    return new OpenMatches(maximum == null ? OpenMatches.DEFAULT.maximum() : maximum, overflow);
  }

  DetectionTemplate detection() {
    if (!document.has("detection")) {
      document.missing(
          "detection",
          "Say what a match means, e.g."
              + " \"detection: {component: bearing, failureMode: wear, severity: warning}\".");
      return null;
    }
    Fields fields = document.mapping("detection");
    if (fields == null) {
      return null;
    }
    for (String key : List.of("component", "failureMode", "severity")) {
      if (!fields.has(key)) {
        fields.missing(
            key,
            key.equals("severity")
                ? "Use watch, warning or critical."
                : "Name it in one word, e.g. \""
                    + (key.equals("component") ? "bearing" : "wear")
                    + "\".");
      }
    }
    Detection.Severity severity =
        fields.word(
            "severity",
            Detection.Severity.WATCH,
            Detection.Severity.values(),
            value -> value.name().toLowerCase(Locale.ROOT));
    Duration horizon = fields.duration("horizon");
    DetectionTemplate detection =
        new DetectionTemplate(
            fields.text("component", ""),
            fields.text("failureMode", ""),
            severity,
            horizon == null ? Duration.ZERO : horizon);
    fields.noOthers();
    return detection;
  }
}
