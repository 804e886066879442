package io.foreshock.bench;

import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.operators.detect.DetectorPlan;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.StageNames;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * The patterns of the benchmark: {@code rough}, then {@code hot}, then {@code stuck}, within six
 * hours, skipping past the last signal of a match; symptoms are the pattern's own.
 *
 * <p>The engine gets them as in production, from a document; stock flink-cep gets what one would
 * write for it in Java.
 *
 * @param size how many
 */
record BenchPatterns(int size) implements PatternSet {

  static final List<String> STAGES = List.of("shaking", "heating", "seized");

  /** A symptom counts from this value, which is ISO 20816-3's zone boundary C/D. */
  static final double LIMIT = 7.1;

  static final Duration WITHIN = Duration.ofHours(6);

  private static final PatternLanguage LANGUAGE = PatternLanguage.of(ChannelCatalogue.load());

  private static final Map<Integer, PatternDefinition> DEFINITIONS = new ConcurrentHashMap<>();

  static String name(int pattern) {
    return "bearing-wear-" + pattern;
  }

  /** The hold times differ from pattern to pattern, and so do the detectors and their symptoms. */
  private static String document(int pattern) {
    return """
        pattern: %1$s
        version: 1
        symptoms:
          rough: {detector: threshold, channel: vibration_rms_mm_s, above: 4.5 mm/s, clearBelow: 4.0 mm/s, for: %2$d s}
          hot: {detector: drift, channel: bearing_temperature_c, baseline: 24h, above: 4 sigma, clear: 2 sigma, for: %2$d s}
          stuck: {detector: flat-line, channel: bearing_temperature_c, for: %2$d s}
        sequence:
          - {stage: %3$s, when: 'symptom == "rough" && value >= %6$s'}
          - {stage: %4$s, when: 'symptom == "hot" && value >= %6$s'}
          - {stage: %5$s, when: 'symptom == "stuck" && value >= %6$s'}
        within: %7$dh
        # Never reached: the stock operator has no bound either.
        openMatches: {max: 1000}
        detection: {component: bearing, failureMode: wear, severity: critical, horizon: 48h}
        """
        .formatted(
            name(pattern),
            600 + pattern,
            STAGES.get(0),
            STAGES.get(1),
            STAGES.get(2),
            LIMIT,
            WITHIN.toHours());
  }

  private static PatternDefinition definition(int pattern) {
    return DEFINITIONS.computeIfAbsent(
        pattern, p -> LANGUAGE.parse(name(p), document(p)).orThrow().get(0));
  }

  /** Names of the symptoms that the pattern waits for, in order. */
  static List<String> symptoms(int pattern) {
    return definition(pattern).symptoms().stream().map(symptom -> symptom.detector().id()).toList();
  }

  /** The pattern as stock flink-cep gets it. */
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
    return documents().compile();
  }

  @Override
  public DetectorPlan detectors() {
    return documents().detectors();
  }

  private YamlPatternSet documents() {
    return YamlPatternSet.of(IntStream.range(0, size).mapToObj(BenchPatterns::definition).toList());
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
