package io.foreshock.patterns.engine;

import io.foreshock.model.Detection;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.Relevance;
import io.foreshock.patterns.engine.RandomStreams.Arrival;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Runs the engine over random patterns and streams, and gives others the same streams. */
final class Differential {

  static final int BUDGET = 40_000;

  /** Long after all signals, long before an asset is given up. */
  private static final long END = 100_000;

  private Differential() {}

  interface Step {
    void run() throws Exception;
  }

  static Map<String, Outcome> ours(
      RandomPattern pattern, EngineRules rules, boolean filtered, List<List<Signal>> streams)
      throws Exception {
    return ours(pattern, rules, filtered, streams, Arrival.IN_ORDER);
  }

  static Map<String, Outcome> ours(
      RandomPattern pattern,
      EngineRules rules,
      boolean filtered,
      List<List<Signal>> streams,
      Arrival arrival)
      throws Exception {
    String letters = pattern.letters();
    Relevance relevance =
        filtered
            ? TestPatterns.symptoms(letters.isEmpty() ? Set.of() : Set.of(letters.split("")))
            : Relevance.EVERY_SIGNAL;
    CompiledPattern compiled =
        TestPatterns.compiled(
            "random",
            1,
            pattern.build(),
            relevance,
            Integer.MAX_VALUE,
            Overflow.DROP_OLDEST,
            OnChange.DROP);
    Map<String, Outcome> outcomes = outcomes(streams);
    RandomPattern.budget(3 * BUDGET);
    MatchPatternsFunction function =
        new MatchPatternsFunction(
            TestPatterns.of(() -> List.of(compiled)), rules, new Recorder(outcomes));
    MatchPatternsOperator operator = new MatchPatternsOperator(function);
    try (KeyedOneInputStreamOperatorTestHarness<String, Signal, Detection> harness =
        harness(operator)) {
      run(harness, streams, arrival, true, () -> {});
      for (List<Signal> stream : streams) {
        // On the asset's clock nothing is absent before the asset has been heard of again.
        Signal last = stream.get(stream.size() - 1);
        harness.processElement(
            Heartbeat.at(last.asset(), last.eventTimeMillis() + 1000),
            last.eventTimeMillis() + 1000);
      }
      if (arrival.bound > 0) {
        harness.processWatermark(new Watermark(END));
      }
      if (pattern.within() > 0) {
        harness.processWatermark(new Watermark(Long.MAX_VALUE));
        operator.flush();
        if (harness.numKeyedStateEntries() > 0 || harness.numEventTimeTimers() > 0) {
          throw new AssertionError("State or timers are left at the end");
        }
      }
    }
    outcomes.values().forEach(Outcome::sorted);
    return outcomes;
  }

  static Map<String, Outcome> outcomes(List<List<Signal>> streams) {
    Map<String, Outcome> outcomes = new HashMap<>();
    streams.forEach(stream -> outcomes.put(stream.get(0).asset().key(), Outcome.empty()));
    return outcomes;
  }

  static <T> KeyedOneInputStreamOperatorTestHarness<String, Signal, T> harness(
      OneInputStreamOperator<Signal, T> operator) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Signal, T> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, signal -> signal.asset().key(), Types.STRING);
    harness.setStateBackend(new HashMapStateBackend());
    harness.open();
    return harness;
  }

  /**
   * All assets side by side, a watermark after each millisecond. For stock flink-cep timestamps and
   * watermarks are in event time, the watermarks behind by the bound; for the engine they are the
   * time of arrival, when there is another.
   */
  static void run(
      KeyedOneInputStreamOperatorTestHarness<String, Signal, ?> harness,
      List<List<Signal>> streams,
      Arrival arrival,
      boolean ours,
      Step afterWatermark)
      throws Exception {
    TreeMap<Long, List<Signal>> byArrival = new TreeMap<>();
    TreeSet<Long> times = new TreeSet<>();
    for (List<Signal> stream : streams) {
      for (Signal signal : stream) {
        long time = arrival.time(signal);
        byArrival.computeIfAbsent(time, absent -> new ArrayList<>()).add(signal);
        for (long tick = time; tick <= time + 30 + arrival.bound; tick++) {
          times.add(tick);
        }
      }
    }
    for (long time : times) {
      for (Signal signal : byArrival.getOrDefault(time, List.of())) {
        harness.processElement(signal, ours ? time : signal.eventTimeMillis());
      }
      harness.processWatermark(new Watermark(ours ? time : time - arrival.bound));
      afterWatermark.run();
    }
  }

  /** Stays in this JVM: the harness runs the very function it is given. */
  private static final class Recorder implements MatchPatternsFunction.Tap {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, Outcome> outcomes;

    Recorder(Map<String, Outcome> outcomes) {
      this.outcomes = outcomes;
    }

    @Override
    public void matched(
        PatternRuntime pattern, Map<String, List<Signal>> match, long completedAtMillis) {
      Outcome.of(match, outcomes).matches().add(Outcome.print(match));
    }

    @Override
    public void timedOut(
        PatternRuntime pattern, Map<String, List<Signal>> match, long deadlineMillis) {
      Outcome.of(match, outcomes).timeOuts().add(Outcome.print(match) + '@' + deadlineMillis);
    }
  }
}
