package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Heartbeat;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.CompiledPattern.Overflow;
import io.foreshock.patterns.Relevance;
import io.foreshock.state.SignalSerializer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Runs stock flink-cep and the engine over the same pattern and streams. */
final class Differential {

  static final OutputTag<String> TIME_OUTS = new OutputTag<>("time-outs", Types.STRING);

  private static final int BUDGET = 40_000;

  /** Long after all signals, long before an asset is given up. */
  private static final long END = 100_000;

  private Differential() {}

  /**
   * What one asset's stream gave.
   *
   * @param matches each as stages with the numbers of their signals, sorted
   * @param timeOuts the same with the time at which time ran out
   */
  record Outcome(List<String> matches, List<String> timeOuts) {
    static Outcome empty() {
      return new Outcome(new ArrayList<>(), new ArrayList<>());
    }

    Outcome sorted() {
      Collections.sort(matches);
      Collections.sort(timeOuts);
      return this;
    }
  }

  static AssetRef asset(int number) {
    return new AssetRef("acme", "asset-" + number, "");
  }

  /** A stream in the asset's order; a signal's score is its number. */
  static List<Signal> draw(Random random, AssetRef asset, int maxLength) {
    List<Signal> stream = new ArrayList<>();
    long time = 1;
    int length = 3 + random.nextInt(maxLength - 2);
    for (int i = 0; i < length; i++) {
      time += random.nextInt(3) == 0 ? 0 : random.nextInt(4);
      stream.add(numbered(asset, "abcdz".charAt(random.nextInt(5)), time, random.nextInt(10), i));
    }
    stream.add(numbered(asset, 'z', time + 1000, 0, length));
    return stream;
  }

  private static Signal numbered(AssetRef asset, char letter, long time, double value, int number) {
    Signal plain = Signals.letter(asset, String.valueOf(letter), time, value);
    return new Signal(
        asset, plain.kind(), plain.name(), "", "", "", time, value, Double.NaN, number, false);
  }

  /**
   * Whether there is something to compare. That the engine refuses a pattern is judged by the words
   * of the pattern: no other may be refused, and each of these must be.
   *
   * @return false when flink-cep's compiler refuses the pattern, or the engine does and has to
   */
  static boolean compiles(RandomPattern pattern) {
    NFA<Signal> nfa;
    try {
      nfa = NFACompiler.compileFactory(pattern.build(), true).createNFA();
    } catch (RuntimeException | StackOverflowError refusedByFlink) {
      return false;
    }
    try {
      new StateGraph(nfa);
    } catch (IllegalArgumentException refusedByUs) {
      if (!pattern.repeatsNothing()) {
        throw new AssertionError("The engine refuses " + pattern, refusedByUs);
      }
      return false;
    }
    if (pattern.repeatsNothing()) {
      throw new AssertionError("The engine does not refuse " + pattern);
    }
    return true;
  }

  /** On some patterns stock flink-cep never returns; the engine refuses them. */
  static void refuseEndlessLoops(RandomPattern pattern) {
    new StateGraph(NFACompiler.compileFactory(pattern.build(), true).createNFA());
  }

  /** A loop stands right before the last absence: see {@link StateGraph#leansToPending}. */
  static boolean leansToAbsence(RandomPattern pattern) {
    StateGraph graph =
        new StateGraph(NFACompiler.compileFactory(pattern.build(), true).createNFA());
    return IntStream.range(0, graph.size()).anyMatch(graph::leansToPending);
  }

  /** When signals come. */
  enum Arrival {
    IN_ORDER(0),
    /** Each late by less than a bound of a few signals, as a hash of the signal says. */
    DISORDER(6);

    final long bound;

    Arrival(long bound) {
      this.bound = bound;
    }

    long time(Signal signal) {
      long time = signal.eventTimeMillis();
      if (bound == 0) {
        return time;
      }
      long hash =
          (31 * (31 * time + (long) signal.score()) + (long) signal.value()) * 0x9E3779B97F4A7C15L;
      return time + (hash >>> 33) % bound;
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  /**
   * What stock flink-cep finds. It sets no timer for windows between neighbours, so that they never
   * end for an asset that falls silent; here its own code is woken up each millisecond.
   */
  static Map<String, Outcome> stock(RandomPattern pattern, List<List<Signal>> streams)
      throws Exception {
    return stock(pattern, streams, pattern.hasStepWindows());
  }

  static Map<String, Outcome> stock(
      RandomPattern pattern, List<List<Signal>> streams, boolean wakeEachMillisecond)
      throws Exception {
    return stock(pattern, streams, wakeEachMillisecond, Arrival.IN_ORDER);
  }

  static Map<String, Outcome> stock(
      RandomPattern pattern,
      List<List<Signal>> streams,
      boolean wakeEachMillisecond,
      Arrival arrival)
      throws Exception {
    Pattern<Signal, ?> flinkPattern = pattern.build();
    CepOperator<Signal, String, String> operator =
        new CepOperator<>(
            SignalSerializer.INSTANCE,
            false,
            NFACompiler.compileFactory(flinkPattern, true),
            null,
            flinkPattern.getAfterMatchSkipStrategy(),
            new StockFunction(),
            null);
    Map<String, Outcome> outcomes = outcomes(streams);
    RandomPattern.budget(BUDGET);
    try (var harness = harness(operator)) {
      run(
          harness,
          streams,
          arrival,
          false,
          () -> {
            if (wakeEachMillisecond) {
              for (String key : outcomes.keySet()) {
                operator.setCurrentKey(key);
                operator.onEventTime(null);
              }
            }
          });
      harness
          .extractOutputValues()
          .forEach(match -> outcomes.get(key(match)).matches.add(text(match)));
      if (harness.getSideOutput(TIME_OUTS) != null) {
        harness
            .getSideOutput(TIME_OUTS)
            .forEach(
                record ->
                    outcomes.get(key(record.getValue())).timeOuts.add(text(record.getValue())));
      }
    }
    outcomes.values().forEach(Outcome::sorted);
    return outcomes;
  }

  static Map<String, Outcome> ours(
      RandomPattern pattern, EngineRules rules, boolean filtered, List<List<Signal>> streams)
      throws Exception {
    return ours(pattern, rules, filtered, SignalMatching.MEMORY_BYTES, streams, Arrival.IN_ORDER);
  }

  /**
   * @param memoryBytes little makes assets leave memory all the time
   */
  static Map<String, Outcome> ours(
      RandomPattern pattern,
      EngineRules rules,
      boolean filtered,
      long memoryBytes,
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
    MatchPatternsOperator operator = new MatchPatternsOperator(function, memoryBytes);
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

  private static Map<String, Outcome> outcomes(List<List<Signal>> streams) {
    Map<String, Outcome> outcomes = new HashMap<>();
    streams.forEach(stream -> outcomes.put(stream.get(0).asset().key(), Outcome.empty()));
    return outcomes;
  }

  private static <T> KeyedOneInputStreamOperatorTestHarness<String, Signal, T> harness(
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
  private static void run(
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

  private static String key(String text) {
    return text.substring(0, text.indexOf(' '));
  }

  private static String text(String text) {
    return text.substring(text.indexOf(' ') + 1);
  }

  static String print(Map<String, List<Signal>> match) {
    TreeMap<String, List<Integer>> numbers = new TreeMap<>();
    String key = "";
    for (Map.Entry<String, List<Signal>> stage : match.entrySet()) {
      for (Signal signal : stage.getValue()) {
        key = signal.asset().key();
        numbers
            .computeIfAbsent(stage.getKey(), absent -> new ArrayList<>())
            .add((int) signal.score());
      }
    }
    return key + ' ' + numbers;
  }

  private static final class StockFunction extends PatternProcessFunction<Signal, String>
      implements TimedOutPartialMatchHandler<Signal> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processMatch(
        Map<String, List<Signal>> match, Context context, Collector<String> out) {
      out.collect(print(match));
    }

    @Override
    public void processTimedOutMatch(Map<String, List<Signal>> match, Context context) {
      context.output(TIME_OUTS, print(match) + '@' + context.timestamp());
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
      String text = print(match);
      outcomes.get(key(text)).matches.add(text(text));
    }

    @Override
    public void timedOut(
        PatternRuntime pattern, Map<String, List<Signal>> match, long deadlineMillis) {
      String text = print(match);
      outcomes.get(key(text)).timeOuts.add(text(text) + '@' + deadlineMillis);
    }
  }
}
