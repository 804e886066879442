package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.Relevance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Nothing of one asset is seen by the next: two assets in turn find what each finds alone, although
 * every value is overwritten as soon as it has been used.
 */
class PoisonedStateTest {

  private static final int PATTERNS = 150;

  @Test
  void twoAssetsInTurnFindWhatEachFindsAlone() throws Exception {
    long seed = System.nanoTime();
    System.err.println("PoisonedStateTest: seed " + seed);
    Random random = new Random(seed);
    int compared = 0;
    int found = 0;
    for (int i = 0; i < PATTERNS; i++) {
      RandomPattern drawn = RandomPattern.draw(random);
      RandomPattern other = RandomPattern.draw(random);
      List<Signal> first = RandomStreams.draw(random, RandomStreams.asset(0), 14);
      List<Signal> second = RandomStreams.draw(random, RandomStreams.asset(1), 14);
      RandomPattern.budget(200_000);
      try {
        patterns(drawn, other);
      } catch (Exception | StackOverflowError refusedByFlink) {
        continue;
      }
      try {
        List<String> alone = new ArrayList<>(run(patterns(drawn, other), List.of(first)));
        alone.addAll(run(patterns(drawn, other), List.of(second)));
        List<String> inTurn = run(patterns(drawn, other), List.of(first, second));
        alone.sort(null);
        inTurn.sort(null);
        assertThat(inTurn).as("%s, seed %d", drawn, seed).isEqualTo(alone);
        found += alone.size();
        compared++;
      } catch (IllegalStateException tooManyMatches) {
        assertThat(tooManyMatches).hasMessageContaining("too many matches");
      }
    }
    assertThat(compared).isGreaterThan(PATTERNS / 3);
    assertThat(found).isGreaterThan(PATTERNS / 3);
  }

  private static PatternTable patterns(RandomPattern first, RandomPattern second) throws Exception {
    return PatternTable.of(List.of(compiled("first", first), compiled("second", second)));
  }

  private static CompiledPattern compiled(String name, RandomPattern pattern) throws Exception {
    Comparability.refuseEndlessLoops(pattern);
    return TestPatterns.compiled(
        name, 1, pattern.build(), Relevance.EVERY_SIGNAL, 20, Overflow.DROP_OLDEST, OnChange.DROP);
  }

  private static List<String> run(PatternTable patterns, List<List<Signal>> streams)
      throws Exception {
    List<String> found = new ArrayList<>();
    AssetMatcher matcher = new AssetMatcher(patterns, EngineRules.DEFAULT, new Printer(found));
    byte[][] values = new byte[streams.size()][];
    int longest = streams.stream().mapToInt(List::size).max().orElseThrow();
    for (int i = 0; i < longest; i++) {
      for (int s = 0; s < values.length; s++) {
        if (i < streams.get(s).size()) {
          Signal signal = streams.get(s).get(i);
          byte[] before = values[s];
          values[s] = MatcherCalls.give(matcher, patterns, before, signal);
          if (before != null && before != values[s]) {
            Arrays.fill(before, (byte) 0xAA);
          }
          assertThat(matcher.isEmpty()).isTrue();
        }
      }
    }
    return found;
  }

  private record Printer(List<String> found) implements MatchSink {
    private static String print(Map<String, List<Signal>> match) {
      String key = match.values().iterator().next().get(0).asset().key();
      return ' ' + key + ' ' + Outcome.print(match);
    }

    @Override
    public void matched(
        PatternRuntime pattern, Map<String, List<Signal>> match, long completedAtMillis) {
      found.add(pattern.name() + print(match));
    }

    @Override
    public void timedOut(
        PatternRuntime pattern, Map<String, List<Signal>> match, long deadlineMillis) {
      found.add(pattern.name() + " out" + print(match) + '@' + deadlineMillis);
    }
  }
}
