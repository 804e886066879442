package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.Relevance;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

/** For which patterns every signal of an asset is worth a look, because it tells the time. */
class PatternShapeTest {

  private static final int PATTERNS = Integer.getInteger("foreshock.shape.patterns", 8_000);

  private static PatternRuntime yaml(String sequence) throws Exception {
    String document =
        """
        pattern: steps
        version: 1
        symptoms:
          rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1, clearBelow: 6.5}
        sequence:
        %s
        within: 1h
        detection: {component: bearing, failureMode: wear, severity: watch}
        """
            .formatted(sequence.indent(2));
    return PatternTable.of(
            YamlPatternSet.of(
                    PatternLanguage.of(ChannelCatalogue.load())
                        .parse("steps.yaml", document)
                        .orThrow())
                .compile())
        .all()
        .get(0);
  }

  @Test
  void timeDoesNotMatterToAChainFromYaml() throws Exception {
    assertThat(
            yaml("""
                    - {stage: shaking, when: 'symptom == "rough"'}
                    - {stage: repaired, when: 'maintenance.component == "bearing"', contiguity: notFollowedBy}
                    - {stage: code, when: 'fault.code == "E1"', times: 2}
                    - {stage: again, when: 'symptom == "rough" && value > 8.0'}
                    """)
                .timeMatters())
        .isFalse();
    assertThat(
            yaml("""
                    - {stage: codes, when: 'fault.code == "E1"', times: {min: 2}}
                    - {stage: shaking, when: 'symptom == "rough"'}
                    """)
                .timeMatters())
        .isFalse();
  }

  @Test
  void timeMattersToAMatchThatWaitsForAnEarlierOneOrForAnAbsence() throws Exception {
    assertThat(
            yaml("""
                    - {stage: first, when: 'fault.code in ["E1", "E2"]'}
                    - {stage: second, when: 'fault.code in ["E1", "E2"] && fault.code != stages.first.name'}
                    """)
                .timeMatters())
        .isTrue();
    assertThat(
            yaml("""
                    - {stage: shaking, when: 'symptom == "rough"'}
                    - {stage: repaired, when: 'maintenance.component == "bearing"', contiguity: notFollowedBy}
                    """)
                .timeMatters())
        .isTrue();
  }

  /** One ends with an absence, the other compares its second sign with its first. */
  @Test
  void timeMattersToTwoPatternsOfTheCatalogueOnly() throws Exception {
    List<PatternRuntime> all =
        PatternTable.of(YamlPatternSet.of(PatternCatalogue.production()).compile()).all();
    assertThat(all).hasSizeGreaterThan(20);
    assertThat(all)
        .filteredOn(PatternRuntime::timeMatters)
        .extracting(PatternRuntime::name)
        .containsExactlyInAnyOrder("cold-chain-excursion", "motor-insulation-breakdown");
  }

  /** Where time does not matter, no complete match ever waits for an earlier one. */
  @Test
  void noMatchIsHeldBackWhereTimeDoesNotMatter() throws Exception {
    long seed = Long.getLong("foreshock.shape.seed", System.nanoTime());
    int[] patterns = new int[2];
    int[] heldBack = new int[2];
    for (int i = 0; i < PATTERNS; i++) {
      Random random = new Random(seed + i);
      RandomPattern drawn = RandomPattern.draw(random);
      List<Signal> stream = RandomStreams.draw(random, RandomStreams.asset(0), 24);
      int max = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : Integer.MAX_VALUE;
      Overflow overflow = Overflow.values()[random.nextInt(Overflow.values().length)];
      RandomPattern.budget(20_000);
      boolean mayHoldBack;
      boolean held;
      try {
        mayHoldBack = PatternShape.mayHoldBack(drawn.build());
        if (drawn.skip().equals("noSkip") || (mayHoldBack && i % 20 != 0)) {
          continue;
        }
        Comparability.refuseEndlessLoops(drawn);
        held = holdsBack(drawn, max, overflow, stream);
      } catch (Exception | StackOverflowError refusedByFlink) {
        continue;
      }
      assertThat(held && !mayHoldBack)
          .as("seed %d, at most %d open, %s%n%s%n%s", seed + i, max, overflow, drawn, stream)
          .isFalse();
      patterns[mayHoldBack ? 1 : 0]++;
      heldBack[mayHoldBack ? 1 : 0] += held ? 1 : 0;
    }
    System.err.printf(
        "PatternShapeTest: seed %d, %d patterns without, %d with matches that may wait, %d do%n",
        seed, patterns[0], patterns[1], heldBack[1]);
    assertThat(patterns[0]).isGreaterThan(PATTERNS / 50);
    assertThat(heldBack[1]).isPositive();
  }

  private static boolean holdsBack(
      RandomPattern pattern, int max, Overflow overflow, List<Signal> stream) throws Exception {
    CompiledPattern compiled =
        TestPatterns.compiled(
            "drawn", 1, pattern.build(), Relevance.EVERY_SIGNAL, max, overflow, OnChange.DROP);
    PatternTable patterns = PatternTable.of(List.of(compiled));
    AssetMatcher matcher = new AssetMatcher(patterns, EngineRules.DEFAULT, new Nobody());
    byte[] value = null;
    for (Signal signal : stream) {
      value = MatcherCalls.give(matcher, patterns, value, signal);
      if (value != null && completed(patterns.all().get(0), value, signal) > 0) {
        return true;
      }
    }
    return false;
  }

  private static int completed(PatternRuntime pattern, byte[] bytes, Signal signal)
      throws Exception {
    AssetValue value = new AssetValue();
    StoredValue stored = new StoredValue();
    stored.set(bytes);
    value.read(stored);
    OpenMatches matches = new OpenMatches();
    for (int i = 0; i < value.size(); i++) {
      AssetValue.Section section = value.get(i);
      DataInputDeserializer in = new DataInputDeserializer(bytes, section.offset, section.length);
      new SectionCodec().read(in, bytes, signal.asset(), matches, pattern.graph(), true);
    }
    return matches.completed.size();
  }

  private static final class Nobody implements MatchSink {
    @Override
    public void matched(
        PatternRuntime pattern, Map<String, List<Signal>> match, long completedAtMillis) {}

    @Override
    public void timedOut(
        PatternRuntime pattern, Map<String, List<Signal>> match, long deadlineMillis) {}
  }
}
