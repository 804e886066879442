package io.foreshock.patterns.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.RandomStreams.Arrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
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

  /** More than 10,000 cases. */
  private static final int DEFAULT_PATTERNS = 300;

  /**
   * Always the same in a build; a longer run, with a seed of its own, is for who looks for more.
   */
  private static final long DEFAULT_SEED = 20_261_120;

  private static final int PATTERNS =
      Integer.getInteger("foreshock.differential.patterns", DEFAULT_PATTERNS);
  private static final int STREAMS = 20;

  @Test
  void givesTheMatchesOfStockFlinkCep() throws Exception {
    long seed = Long.getLong("foreshock.differential.seed", DEFAULT_SEED);
    int cases = 0;
    int matches = 0;
    int timeOuts = 0;
    int refused = 0;
    int failed = 0;
    for (int i = 0; i < PATTERNS; i++) {
      long patternSeed = seed + i;
      Random random = new Random(patternSeed);
      RandomPattern pattern = RandomPattern.draw(random);
      List<List<Signal>> streams = new ArrayList<>();
      for (int s = 0; s < STREAMS; s++) {
        streams.add(RandomStreams.draw(random, RandomStreams.asset(s), 14));
      }
      Map<Arrival, Map<String, Outcome>> expected = new EnumMap<>(Arrival.class);
      try {
        if (!Comparability.compiles(pattern)) {
          refused++;
          continue;
        }
        for (Arrival arrival : Arrival.values()) {
          expected.put(arrival, stock(pattern, streams, arrival));
        }
      } catch (Exception inFlinkCep) {
        // More open matches than a test can wait for, or a stage to skip to that took no signal.
        failed++;
        continue;
      } catch (AssertionError refusal) {
        throw new AssertionError("Seed " + patternSeed, refusal);
      }
      for (Variant variant : Variant.values()) {
        if (!variant.applies(pattern)) {
          continue;
        }
        Map<String, Outcome> actual = variant.run(pattern, streams);
        for (List<Signal> stream : streams) {
          String key = stream.get(0).asset().key();
          Outcome stock = expected.get(variant.arrival).get(key);
          cases++;
          matches += stock.matches().size();
          timeOuts += stock.timeOuts().size();
          if (!variant.same(pattern, stock, actual.get(key))) {
            fail(variant, patternSeed, pattern, stream);
          }
        }
      }
    }
    System.err.printf(
        "DifferentialTest: seed %d, %d cases, %d matches, %d time-outs; of %d patterns %d do not"
            + " compile, %d fail in flink-cep%n",
        seed, cases, matches, timeOuts, PATTERNS, refused, failed);
    if (PATTERNS >= DEFAULT_PATTERNS) {
      assertThat(cases).isGreaterThan(34 * PATTERNS);
      assertThat(matches).isGreaterThan(cases / 10);
      assertThat(timeOuts).isGreaterThan(cases / 10);
      assertThat(refused).as("do not compile").isLessThan(PATTERNS * 3 / 10);
      assertThat(failed).as("fail in flink-cep").isLessThan(PATTERNS / 20);
    }
  }

  private static Map<String, Outcome> stock(
      RandomPattern pattern, List<List<Signal>> streams, Arrival arrival) throws Exception {
    return StockRun.run(pattern, streams, pattern.hasStepWindows(), arrival);
  }

  /** How the engine is told of time and of signals. */
  private enum Variant {
    /** Time is Flink's watermark, as in stock flink-cep. */
    WATERMARK(EngineRules.AS_FLINK_CEP, false, Arrival.IN_ORDER),
    /**
     * Time is the asset's own; all is compared once every asset's time has passed. Time-outs only
     * of patterns with a window over the whole, which the language demands: others differ (seed
     * 1000240), a window between neighbours of a group being all they have. Assets leave memory and
     * come back all the time.
     */
    ASSET(
        new EngineRules(
            EngineRules.DEFAULT.clock(),
            Duration.ZERO,
            EngineRules.DEFAULT.offlineGrace(),
            EngineRules.DEFAULT.maxBufferedSignals(),
            1_000),
        false,
        Arrival.IN_ORDER),
    /** As on the asset's clock, and signals come out of order; stock flink-cep gets the same. */
    DISORDER(
        new EngineRules(
            EngineRules.DEFAULT.clock(),
            Duration.ofMillis(Arrival.DISORDER.bound),
            EngineRules.DEFAULT.offlineGrace(),
            EngineRules.DEFAULT.maxBufferedSignals()),
        false,
        Arrival.DISORDER),
    /**
     * Signals that no stage names are not even looked at. Where a match may go on in several ways,
     * such signals make stock flink-cep find the same match, or time-out, several times: there each
     * counts once.
     */
    FILTERED(EngineRules.AS_FLINK_CEP, true, Arrival.IN_ORDER);

    private final EngineRules rules;
    private final boolean filtered;
    private final Arrival arrival;

    Variant(EngineRules rules, boolean filtered, Arrival arrival) {
      this.rules = rules;
      this.filtered = filtered;
      this.arrival = arrival;
    }

    boolean applies(RandomPattern pattern) {
      return !filtered || (pattern.filterable() && !Comparability.leansToAbsence(pattern));
    }

    Map<String, Outcome> run(RandomPattern pattern, List<List<Signal>> streams) throws Exception {
      return Differential.ours(pattern, rules, filtered, streams, arrival);
    }

    boolean same(RandomPattern pattern, Outcome expected, Outcome actual) {
      if (rules.clock() == EngineRules.Clock.ASSET && pattern.within() == 0) {
        return expected.matches().equals(actual.matches());
      }
      return filtered && pattern.branches()
          ? Set.copyOf(expected.matches()).equals(Set.copyOf(actual.matches()))
              && Set.copyOf(expected.timeOuts()).equals(Set.copyOf(actual.timeOuts()))
          : expected.equals(actual);
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
              " %s%d=%.0f@%d(+%d)",
              signal.name(),
              (int) signal.score(),
              signal.value(),
              signal.eventTimeMillis(),
              variant.arrival.time(signal) - signal.eventTimeMillis()));
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
            stock(pattern, alone, variant.arrival).get(key),
            variant.run(pattern, alone).get(key)));
  }

  private static boolean differs(Variant variant, RandomPattern pattern, List<Signal> stream)
      throws Exception {
    List<List<Signal>> alone = List.of(stream);
    String key = stream.get(0).asset().key();
    return !variant.same(
        pattern,
        stock(pattern, alone, variant.arrival).get(key),
        variant.run(pattern, alone).get(key));
  }
}
