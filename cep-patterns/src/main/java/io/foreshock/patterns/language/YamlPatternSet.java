package io.foreshock.patterns.language;

import io.foreshock.model.SignalKind;
import io.foreshock.operators.detect.AssetScope;
import io.foreshock.operators.detect.DetectorPlan;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.Relevance;
import io.foreshock.patterns.condition.ConditionCompiler;
import io.foreshock.patterns.definition.Contiguity;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.SequenceElement;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Patterns from documents: travel as definitions, are compiled in the task. */
public final class YamlPatternSet implements PatternSet {
  private static final long serialVersionUID = 1L;

  private final ArrayList<PatternDefinition> definitions;

  private YamlPatternSet(List<PatternDefinition> definitions) {
    this.definitions = new ArrayList<>(definitions);
  }

  /**
   * A set of patterns; of several versions of one pattern the highest runs.
   *
   * @param definitions as {@link PatternLanguage} accepted them
   */
  public static YamlPatternSet of(List<PatternDefinition> definitions) {
    Map<String, PatternDefinition> newest = new TreeMap<>();
    for (PatternDefinition definition : definitions) {
      newest.merge(definition.name(), definition, (a, b) -> a.version() >= b.version() ? a : b);
    }
    return new YamlPatternSet(List.copyOf(newest.values()));
  }

  /** The definitions by name. */
  public List<PatternDefinition> definitions() {
    return List.copyOf(definitions);
  }

  @Override
  public List<CompiledPattern> compile() {
    return compile(new ConditionCompiler());
  }

  /** Compiles with a compiler whose errors somebody counts. */
  public List<CompiledPattern> compile(ConditionCompiler conditions) {
    PatternCompiler compiler = new PatternCompiler(conditions);
    return definitions.stream().map(compiler::compile).toList();
  }

  @Override
  public DetectorPlan detectors() {
    return detectorsOf(definitions);
  }

  /** The symptom detectors that these definitions need, whatever their versions. */
  public static DetectorPlan detectorsOf(List<PatternDefinition> definitions) {
    Map<String, DetectorSpec> specs = new LinkedHashMap<>();
    Map<String, List<AssetScope>> scopes = new LinkedHashMap<>();
    for (PatternDefinition definition : definitions) {
      for (SymptomDefinition symptom : definition.symptoms()) {
        DetectorSpec spec = symptom.detector();
        specs.put(spec.id(), spec);
        addScope(scopes.computeIfAbsent(spec.id(), id -> new ArrayList<>()), definition.scope());
      }
    }
    List<DetectorPlan.Assignment> assignments = new ArrayList<>();
    specs.forEach((id, spec) -> assignments.add(new DetectorPlan.Assignment(spec, scopes.get(id))));
    return new DetectorPlan(assignments, readings(definitions));
  }

  private static Map<String, List<AssetScope>> readings(List<PatternDefinition> definitions) {
    Map<String, List<AssetScope>> readings = new LinkedHashMap<>();
    PatternCompiler compiler = new PatternCompiler(new ConditionCompiler());
    for (PatternDefinition definition : definitions) {
      CompiledPattern pattern = compiler.compile(definition);
      Relevance relevance = pattern.relevance();
      for (String channel : relevance.names().getOrDefault(SignalKind.READING, Set.of())) {
        addScope(readings.computeIfAbsent(channel, c -> new ArrayList<>()), pattern.scope());
      }
      if (endsWithAbsence(definition)) {
        addScope(
            readings.computeIfAbsent(DetectorPlan.HEARTBEAT, c -> new ArrayList<>()),
            pattern.scope());
      }
    }
    return readings;
  }

  /** Such a pattern completes when the asset's own time passes, signal or no signal. */
  private static boolean endsWithAbsence(PatternDefinition definition) {
    List<SequenceElement> sequence = definition.sequence();
    return sequence.get(sequence.size() - 1).contiguity() == Contiguity.NOT_FOLLOWED_BY;
  }

  /** Keeps scopes few: every asset includes all others. */
  private static void addScope(List<AssetScope> scopes, AssetScope scope) {
    if (scopes.contains(AssetScope.EVERY_ASSET) || scopes.contains(scope)) {
      return;
    }
    if (scope.equals(AssetScope.EVERY_ASSET)) {
      scopes.clear();
    }
    scopes.add(scope);
  }
}
