package io.foreshock.patterns.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.Relevance;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.samples.RandomSignals;
import io.foreshock.patterns.samples.StockCep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RelevanceTest {
  private static final PatternLanguage LANGUAGE = PatternLanguage.of(ChannelCatalogue.load());

  /** A longer run: {@code -Dforeshock.cases=20000}. */
  private static final int DOCUMENTS = Integer.getInteger("foreshock.cases", 500);

  @Test
  void flinkCepRunsWhateverTheCheckerAcceptsAndMissesNothingThatIsFilteredOut() throws Exception {
    long seed = Long.getLong("foreshock.seed", System.nanoTime());
    Random random = new Random(seed);
    RandomPatterns patterns = new RandomPatterns(random);
    int accepted = 0;
    int matches = 0;
    int filtered = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      String document = patterns.next();
      List<PatternDefinition> parsed = LANGUAGE.parse("random.yaml", document).definitions();
      if (parsed.isEmpty()) {
        continue;
      }
      accepted++;
      String about = "seed " + seed + "\n" + document;
      CompiledPattern pattern = YamlPatternSet.of(parsed).compile().get(0);
      List<Signal> visible = stream(random, parsed.get(0), pattern.relevance());
      List<Signal> relevant = visible.stream().filter(pattern.relevance()::mayMatter).toList();
      // As sets: loops in loops make flink-cep report one match several times, and how often
      // depends on signals that it passes over. Equal evidence is one detection.
      Set<Map<String, List<Signal>>> expected;
      try {
        expected = Set.copyOf(StockCep.matches(pattern, visible));
      } catch (Exception | StackOverflowError e) {
        throw new AssertionError(about, e);
      }
      assertThat(Set.copyOf(StockCep.matches(pattern, relevant))).as(about).isEqualTo(expected);
      matches += expected.size();
      filtered += visible.size() - relevant.size();
    }
    assertThat(accepted).as("seed " + seed).isGreaterThan(DOCUMENTS / 6);
    assertThat(matches).as("seed " + seed).isGreaterThan(DOCUMENTS / 10);
    assertThat(filtered).as("seed " + seed).isGreaterThan(DOCUMENTS);
  }

  /** Signals of all kinds; for strict contiguity only those that the pattern can see. */
  private static List<Signal> stream(
      Random random, PatternDefinition definition, Relevance relevance) {
    boolean strict = relevance.wholeKinds().contains(SignalKind.OPERATING_STATE);
    RandomSignals signals = new RandomSignals(random);
    Map<String, String> ids =
        Map.of(
            RandomSignals.DETECTORS.get(0), definition.symptoms().get(0).detector().id(),
            RandomSignals.DETECTORS.get(1), definition.symptoms().get(1).detector().id());
    List<Signal> stream = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      Signal next = signals.next(i);
      Signal named = renamed(next, ids.getOrDefault(next.name(), next.name()));
      boolean foreign =
          named.kind() == SignalKind.READING || named.name().equals(RandomSignals.DETECTORS.get(2));
      if (!strict || !foreign) {
        stream.add(named);
      }
    }
    return stream;
  }

  private static Signal renamed(Signal signal, String name) {
    return new Signal(
        signal.asset(),
        signal.kind(),
        name,
        signal.channel(),
        signal.component(),
        signal.attribute(),
        signal.eventTimeMillis(),
        signal.value(),
        signal.limit(),
        signal.score(),
        signal.backlog());
  }

  @Test
  void strictContiguitySeesTheOwnSymptomsAndEveryEventButNoReadings() {
    Relevance relevance = relevance("contiguity: next");

    assertThat(relevance.everySignal()).isFalse();
    assertThat(relevance.wholeKinds())
        .containsExactlyInAnyOrder(
            SignalKind.FAULT_CODE, SignalKind.MAINTENANCE, SignalKind.OPERATING_STATE);
    assertThat(relevance.names()).containsOnlyKeys(SignalKind.SYMPTOM, SignalKind.SYMPTOM_CLEARED);
    assertThat(relevance.names().get(SignalKind.SYMPTOM)).hasSize(1);
  }

  @Test
  void relaxedContiguityNeedsOnlyWhatConditionsName() {
    Relevance relevance = relevance("contiguity: followedBy");

    assertThat(relevance.wholeKinds()).isEmpty();
    assertThat(relevance.names()).containsOnlyKeys(SignalKind.SYMPTOM, SignalKind.FAULT_CODE);
    assertThat(relevance.names().get(SignalKind.FAULT_CODE)).isEqualTo(Set.of("E1"));
  }

  private static Relevance relevance(String contiguity) {
    String document =
        """
        pattern: two-steps
        version: 1
        symptoms:
          rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1, clearBelow: 6.5}
        sequence:
          - {stage: shaking, when: 'symptom == "rough"'}
          - {stage: code, when: 'fault.code == "E1"', %s}
        within: 1h
        detection: {component: bearing, failureMode: wear, severity: watch}
        """
            .formatted(contiguity);
    List<PatternDefinition> parsed = LANGUAGE.parse("two-steps.yaml", document).orThrow();
    return YamlPatternSet.of(parsed).compile().get(0).relevance();
  }
}
