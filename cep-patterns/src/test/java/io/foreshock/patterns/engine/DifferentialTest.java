package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.Differential.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Stock flink-cep defines what matches: random patterns and streams give the same matches and
 * time-outs. {@code -Dforeshock.differential.patterns=N} and {@code
 * -Dforeshock.differential.seed=S} run more, or the same again.
 */
class DifferentialTest {

  private static final int PATTERNS = Integer.getInteger("foreshock.differential.patterns", 300);
  private static final int STREAMS = 20;

  @Test
  void givesTheMatchesOfStockFlinkCep() throws Exception {
    long seed = Long.getLong("foreshock.differential.seed", System.nanoTime());
    int cases = 0;
    int matches = 0;
    int refused = 0;
    for (int i = 0; i < PATTERNS; i++) {
      long patternSeed = seed + i;
      Random random = new Random(patternSeed);
      RandomPattern pattern = RandomPattern.draw(random);
      List<List<Signal>> streams = new ArrayList<>();
      for (int s = 0; s < STREAMS; s++) {
        streams.add(Differential.draw(random, Differential.asset(s), 14));
      }
      for (Variant variant : Variant.values()) {
        Map<String, Outcome> expected;
        try {
          if (!variant.applies(pattern)) {
            continue;
          }
          Differential.refuseEndlessLoops(pattern);
          expected = Differential.stock(pattern, streams);
        } catch (Exception | StackOverflowError refusedByFlink) {
          refused++;
          break;
        }
        Map<String, Outcome> actual = variant.run(pattern, streams);
        for (List<Signal> stream : streams) {
          String key = stream.get(0).asset().key();
          cases++;
          matches += expected.get(key).matches().size();
          if (!variant.same(pattern, expected.get(key), actual.get(key))) {
            fail(variant, patternSeed, pattern, stream);
          }
        }
      }
    }
    System.err.printf(
        "DifferentialTest: seed %d, %d cases, %d matches, %d patterns refused by flink-cep%n",
        seed, cases, matches, refused);
    assertThat(cases).isGreaterThan(PATTERNS * STREAMS / 2);
    assertThat(matches).isGreaterThan(cases / 10);
  }

  /** How the engine is told of time and of signals. */
  private enum Variant {
    /** Time is Flink's watermark, as in stock flink-cep: matches and time-outs are equal. */
    WATERMARK(EngineRules.AS_FLINK_CEP, false),
    /** Time is the asset's own: matches are equal once every asset's time has passed. */
    ASSET(EngineRules.DEFAULT, false),
    /**
     * Signals that no stage names are not even looked at. Such signals make stock flink-cep find
     * the same match of a repeated group several times, so each match counts once here.
     */
    FILTERED(EngineRules.AS_FLINK_CEP, true);

    private final EngineRules rules;
    private final boolean filtered;

    Variant(EngineRules rules, boolean filtered) {
      this.rules = rules;
      this.filtered = filtered;
    }

    boolean applies(RandomPattern pattern) {
      return !filtered || (pattern.filterable() && !Differential.leansToAbsence(pattern));
    }

    Map<String, Outcome> run(RandomPattern pattern, List<List<Signal>> streams) throws Exception {
      // On the asset's clock assets leave memory and come back all the time.
      long memory = this == ASSET ? 2_000 : SignalMatching.MEMORY_BYTES;
      return Differential.ours(pattern, rules, filtered, memory, streams);
    }

    boolean same(RandomPattern pattern, Outcome expected, Outcome actual) {
      boolean sameMatches =
          filtered
              ? Set.copyOf(expected.matches()).equals(Set.copyOf(actual.matches()))
              : expected.matches().equals(actual.matches());
      return sameMatches && (this != WATERMARK || expected.timeOuts().equals(actual.timeOuts()));
    }
  }

  private static void fail(Variant variant, long seed, RandomPattern pattern, List<Signal> stream)
      throws Exception {
    List<Signal> smallest = stream;
    for (boolean smaller = true; smaller; ) {
      smaller = false;
      for (int i = 0; i < smallest.size() - 1 && !smaller; i++) {
        List<Signal> shorter = new ArrayList<>(smallest);
        shorter.remove(i);
        if (differs(variant, pattern, shorter)) {
          smallest = shorter;
          smaller = true;
        }
      }
    }
    StringBuilder signals = new StringBuilder();
    for (Signal signal : smallest) {
      signals.append(
          String.format(
              " %s%d=%.0f@%d",
              signal.name(), (int) signal.score(), signal.value(), signal.eventTimeMillis()));
    }
    String key = smallest.get(0).asset().key();
    List<List<Signal>> alone = List.of(smallest);
    throw new AssertionError(
        String.format(
            "%s, seed %d%n%s%nsignals:%s%nflink-cep: %s%nengine:    %s",
            variant,
            seed,
            pattern,
            signals,
            Differential.stock(pattern, alone).get(key),
            variant.run(pattern, alone).get(key)));
  }

  private static boolean differs(Variant variant, RandomPattern pattern, List<Signal> stream)
      throws Exception {
    List<List<Signal>> alone = List.of(stream);
    String key = stream.get(0).asset().key();
    return !variant.same(
        pattern, Differential.stock(pattern, alone).get(key), variant.run(pattern, alone).get(key));
  }
}
