package io.foreshock.patterns.live;

import io.foreshock.model.PatternDocument;
import io.foreshock.operators.detect.SymptomDetection;
import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.condition.ConditionCompiler;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.engine.SignalMatching;
import io.foreshock.patterns.language.ParsedPatterns;
import io.foreshock.patterns.language.PatternCompiler;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads documents and says all that is wrong with them; never throws. Remembers what it read. */
final class DocumentReader {
  private final LiveRules rules;
  private final PatternLanguage language;
  private final Map<PatternDocument, Read> known = new HashMap<>();

  DocumentReader(LiveRules rules) {
    this.rules = rules;
    this.language = PatternLanguage.of(rules.channels());
  }

  /**
   * @param definition null when there is any problem
   */
  record Read(PatternDefinition definition, List<String> problems) {}

  Read read(PatternDocument document) {
    return known.computeIfAbsent(content(document), this::parse);
  }

  /** Forgets what is not among these any more. */
  void keepOnly(List<PatternDocument> documents) {
    Set<PatternDocument> kept = new HashSet<>();
    documents.forEach(document -> kept.add(content(document)));
    known.keySet().retainAll(kept);
  }

  void forget(PatternDocument document) {
    known.remove(content(document));
  }

  private static PatternDocument content(PatternDocument document) {
    return document.withPaused(false).published(0, "");
  }

  private Read parse(PatternDocument document) {
    ParsedPatterns parsed = language.parse(document.key(), document.yaml());
    List<String> problems = new ArrayList<>();
    parsed.problems().stream().map(Problem::toString).forEach(problems::add);
    if (problems.isEmpty() && parsed.definitions().size() != 1) {
      problems.add(
          "A record holds one pattern, but this one holds "
              + parsed.definitions().size()
              + ". Publish each by itself.");
    }
    if (!problems.isEmpty()) {
      return new Read(null, problems);
    }
    PatternDefinition definition = parsed.definitions().get(0);
    if (!definition.name().equals(document.name())) {
      problems.add(
          "The record's name is \"%s\", but its document says pattern: %s. Publish it again."
              .formatted(document.name(), definition.name()));
    }
    if (definition.version() != document.version()) {
      problems.add(
          "The record's version is %d, but its document says version: %d. Publish it again."
              .formatted(document.version(), definition.version()));
    }
    if (!document.tenant().isEmpty()) {
      definition = definition.forTenantOnly(document.tenant());
    }
    try {
      SignalMatching.check(new PatternCompiler(new ConditionCompiler()).compile(definition));
      SymptomDetection.check(
          YamlPatternSet.detectorsOf(List.of(definition)), rules.assetForgetAfter());
    } catch (Exception e) {
      problems.add("The pattern cannot run: " + e.getMessage());
    }
    return new Read(problems.isEmpty() ? definition : null, problems);
  }
}
