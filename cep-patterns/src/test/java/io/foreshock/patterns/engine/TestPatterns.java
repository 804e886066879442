package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.operators.detect.AssetScope;
import io.foreshock.operators.detect.DetectorPlan;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.DetectionTemplate;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.Relevance;
import io.foreshock.patterns.StageNames;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** Patterns for tests. */
final class TestPatterns {

  static final DetectionTemplate BEARING_WEAR =
      new DetectionTemplate("bearing", "wear", Detection.Severity.CRITICAL, Duration.ofHours(48));

  private TestPatterns() {}

  /** A pattern set from code; what it captures must be serialisable. */
  interface Source extends Supplier<List<CompiledPattern>>, Serializable {}

  record Fixed(Source source) implements PatternSet {
    @Override
    public List<CompiledPattern> compile() {
      return source.get();
    }

    @Override
    public DetectorPlan detectors() {
      return new DetectorPlan(List.of(), Map.of());
    }
  }

  static PatternSet of(Source source) {
    return new Fixed(source);
  }

  static SimpleCondition<Signal> named(String name) {
    return SimpleCondition.of(signal -> signal.name().equals(name));
  }

  static String stage(String name) {
    return StageNames.encode(1, name);
  }

  /** shaking, then heating, then seized, within six hours. */
  static Pattern<Signal, ?> wear(int version) {
    return Pattern.<Signal>begin(
            StageNames.encode(version, "shaking"), AfterMatchSkipStrategy.skipPastLastEvent())
        .where(named("rough"))
        .followedBy(StageNames.encode(version, "heating"))
        .where(named("hot"))
        .followedBy(StageNames.encode(version, "seized"))
        .where(named("stuck"))
        .within(Duration.ofHours(6));
  }

  static final Set<String> WEAR_NAMES = Set.of("rough", "hot", "stuck");

  /** shaking, then heating, then no repair, within six hours. */
  static Pattern<Signal, ?> unrepaired(int version) {
    return Pattern.<Signal>begin(
            StageNames.encode(version, "shaking"), AfterMatchSkipStrategy.skipPastLastEvent())
        .where(named("rough"))
        .followedBy(StageNames.encode(version, "heating"))
        .where(named("hot"))
        .notFollowedBy(StageNames.encode(version, "repaired"))
        .where(named("repair"))
        .within(Duration.ofHours(6));
  }

  static Relevance symptoms(Set<String> names) {
    return new Relevance(Map.of(SignalKind.SYMPTOM, names), Set.of(), false);
  }

  static CompiledPattern compiled(
      String name, int version, Pattern<Signal, ?> pattern, Set<String> names) {
    return compiled(
        name, version, pattern, symptoms(names), 16, Overflow.DROP_OLDEST, OnChange.DRAIN);
  }

  static CompiledPattern compiled(
      String name,
      int version,
      Pattern<Signal, ?> pattern,
      Relevance relevance,
      int maxOpenMatches,
      Overflow overflow,
      OnChange onChange) {
    return new CompiledPattern(
        name,
        version,
        AssetScope.EVERY_ASSET,
        pattern,
        relevance,
        maxOpenMatches,
        overflow,
        onChange,
        BEARING_WEAR,
        Map.of("rough", "rough-running"));
  }

  static PatternSet wear() {
    return of(() -> List.of(compiled("bearing-wear", 1, wear(1), WEAR_NAMES)));
  }

  static PatternSet unrepaired() {
    return of(
        () ->
            List.of(
                compiled(
                    "bearing-unrepaired", 1, unrepaired(1), Set.of("rough", "hot", "repair"))));
  }
}
