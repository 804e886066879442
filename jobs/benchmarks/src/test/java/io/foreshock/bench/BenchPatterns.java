package io.foreshock.bench;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * The patterns of the benchmark: {@code rough}, then {@code hot}, then {@code stuck}, within six
 * hours, skipping past the last signal of a match; symptoms are the pattern's own.
 *
 * @param size how many
 */
record BenchPatterns(int size) implements PatternSet {

  static final List<String> STAGES = List.of("shaking", "heating", "seized");

  /** A symptom counts from this value, which is ISO 20816-3's zone boundary C/D. */
  static final double LIMIT = 7.1;

  static final Duration WITHIN = Duration.ofHours(6);

  /** Never reached: the stock operator has no bound either. */
  private static final int MAX_OPEN = 1000;

  private static final DetectionTemplate MEANING =
      new DetectionTemplate("bearing", "wear", Detection.Severity.CRITICAL, Duration.ofHours(48));

  static String name(int pattern) {
    return "bearing-wear-" + pattern;
  }

  /** Names of the symptoms that the pattern waits for, in order. */
  static List<String> symptoms(int pattern) {
    return List.of(
        "threshold-rough-" + pattern, "drift-hot-" + pattern, "flat-line-stuck-" + pattern);
  }

  /** The pattern as stock flink-cep and the engine get it. */
  static Pattern<Signal, ?> pattern(int pattern) {
    List<String> symptoms = symptoms(pattern);
    return Pattern.<Signal>begin(stage(0), AfterMatchSkipStrategy.skipPastLastEvent())
        .where(new Onset(symptoms.get(0)))
        .followedBy(stage(1))
        .where(new Onset(symptoms.get(1)))
        .followedBy(stage(2))
        .where(new Onset(symptoms.get(2)))
        .within(WITHIN);
  }

  /** Name of a stage in flink-cep's terms. */
  static String stage(int number) {
    return StageNames.encode(1, STAGES.get(number));
  }

  @Override
  public List<CompiledPattern> compile() {
    List<CompiledPattern> all = new ArrayList<>();
    for (int p = 0; p < size; p++) {
      all.add(
          new CompiledPattern(
              name(p),
              1,
              AssetScope.EVERY_ASSET,
              pattern(p),
              new Relevance(Map.of(SignalKind.SYMPTOM, Set.copyOf(symptoms(p))), Set.of(), false),
              MAX_OPEN,
              Overflow.DROP_OLDEST,
              OnChange.DRAIN,
              MEANING,
              Map.of()));
    }
    return all;
  }

  @Override
  public DetectorPlan detectors() {
    return new DetectorPlan(List.of(), Map.of());
  }

  /** The symptom of this name begins, and strongly enough. */
  private static final class Onset extends SimpleCondition<Signal> {
    private static final long serialVersionUID = 1L;

    private final String name;

    Onset(String name) {
      this.name = name;
    }

    @Override
    public boolean filter(Signal signal) {
      return signal.kind() == SignalKind.SYMPTOM
          && signal.value() >= LIMIT
          && signal.name().equals(name);
    }
  }
}
