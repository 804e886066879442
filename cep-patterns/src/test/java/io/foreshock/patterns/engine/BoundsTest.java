package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.StageNames;
import io.foreshock.samples.Assets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.pattern.Pattern;
import org.junit.jupiter.api.Test;

class BoundsTest {

  private static final long START = Signals.at("00:00:00");

  /** a, then b, within a day; every match is found. */
  private static PatternSet pairs(int maxOpen, Overflow overflow) {
    return TestPatterns.of(
        () ->
            List.of(
                TestPatterns.compiled(
                    "pairs",
                    1,
                    Pattern.<Signal>begin(StageNames.encode(1, "first"))
                        .where(TestPatterns.named("a"))
                        .followedBy(StageNames.encode(1, "second"))
                        .where(TestPatterns.named("b"))
                        .within(Duration.ofDays(1)),
                    TestPatterns.symptoms(Set.of("a", "b")),
                    maxOpen,
                    overflow,
                    OnChange.DROP)));
  }

  private static Signal signal(String name, int millis) {
    return Signals.letter(Assets.PUMP, name, START + millis, millis);
  }

  private static List<Double> firstsAfterFive(Overflow overflow) throws Exception {
    try (EngineHarness engine = new EngineHarness(pairs(2, overflow), EngineRules.DEFAULT).open()) {
      for (int i = 0; i < 5; i++) {
        engine.give(signal("a", i));
      }
      engine.give(signal("b", 10));
      assertThat(engine.entries()).isZero();
      assertThat(engine.leftInTheEnd()).isZero();
      List<Double> firsts = new ArrayList<>();
      for (Detection detection : engine.detections()) {
        firsts.add(detection.evidence().get(0).signals().get(0).value());
      }
      return firsts;
    }
  }

  @Test
  void givesUpTheOldestMatch() throws Exception {
    assertThat(firstsAfterFive(Overflow.DROP_OLDEST)).containsExactly(3.0, 4.0);
  }

  @Test
  void opensNoMatchBeyondTheLimit() throws Exception {
    assertThat(firstsAfterFive(Overflow.DROP_NEWEST)).containsExactly(0.0, 1.0);
  }

  @Test
  void staysSmallAndFlatUnderAFloodOfStarts() throws Exception {
    for (Overflow overflow : Overflow.values()) {
      PatternTable patterns = PatternTable.of(pairs(16, overflow).compile());
      NoSink sink = new NoSink();
      AssetMatcher matcher = new AssetMatcher(patterns, EngineRules.DEFAULT, sink);
      byte[] value = null;
      int largest = 0;
      long[] nanos = new long[10];
      for (int i = 0; i < 10_000; i++) {
        Signal signal = signal("a", i);
        long begin = System.nanoTime();
        value = MatcherCalls.give(matcher, patterns, value, signal);
        nanos[i / 1000] += System.nanoTime() - begin;
        largest = Math.max(largest, value.length);
        assertThat(matcher.isEmpty()).isTrue();
      }
      PatternMetrics metrics = patterns.all().get(0).metrics();
      assertThat(sink.open).isEqualTo(16);
      assertThat(metrics.overflowed.getCount()).isEqualTo(10_000 - 16);
      assertThat(largest).isLessThan(16 * 100 + 100);
      System.err.printf(
          "Flood, %s: largest value %d bytes, microseconds per signal by thousand:",
          overflow, largest);
      for (long total : nanos) {
        System.err.printf(" %.1f", total / 1e6);
      }
      System.err.println();
    }
  }

  @Test
  void boundsTheSignalsOfALoop() throws Exception {
    PatternSet loop =
        TestPatterns.of(
            () ->
                List.of(
                    TestPatterns.compiled(
                        "loop",
                        1,
                        Pattern.<Signal>begin(StageNames.encode(1, "first"))
                            .where(TestPatterns.named("a"))
                            .oneOrMore()
                            .greedy()
                            .followedBy(StageNames.encode(1, "second"))
                            .where(TestPatterns.named("b"))
                            .within(Duration.ofDays(1)),
                        Set.of("a", "b"))));
    EngineRules rules = new EngineRules(EngineRules.Clock.ASSET, Duration.ZERO, Duration.ZERO, 20);
    PatternTable patterns = PatternTable.of(loop.compile());
    AssetMatcher matcher = new AssetMatcher(patterns, rules, new NoSink());
    byte[] value = null;
    int largest = 0;
    for (int i = 0; i < 500; i++) {
      Signal signal = signal("a", i);
      value = MatcherCalls.give(matcher, patterns, value, signal);
      largest = value == null ? largest : Math.max(largest, value.length);
    }
    assertThat(largest).isLessThan(12_000);
    assertThat(patterns.all().get(0).metrics().overflowed.getCount()).isPositive();
  }

  private static final class NoSink implements MatchSink {
    private int open;

    @Override
    public void open(long patternId, int version, int shape, int change) {
      open += change;
    }

    @Override
    public void matched(PatternRuntime pattern, Map<String, List<Signal>> match, long at) {}

    @Override
    public void timedOut(PatternRuntime pattern, Map<String, List<Signal>> match, long at) {}
  }
}
