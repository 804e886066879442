package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.RandomStreams.Arrival;
import io.foreshock.state.SignalSerializer;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.util.Collector;

/** Runs stock flink-cep over random patterns and streams. */
final class StockRun {

  private StockRun() {}

  /**
   * What stock flink-cep finds. It sets no timer for windows between neighbours, so that they never
   * end for an asset that falls silent; here its own code is woken up each millisecond.
   */
  static Map<String, Outcome> run(RandomPattern pattern, List<List<Signal>> streams)
      throws Exception {
    return run(pattern, streams, pattern.hasStepWindows());
  }

  static Map<String, Outcome> run(
      RandomPattern pattern, List<List<Signal>> streams, boolean wakeEachMillisecond)
      throws Exception {
    return run(pattern, streams, wakeEachMillisecond, Arrival.IN_ORDER);
  }

  static Map<String, Outcome> run(
      RandomPattern pattern,
      List<List<Signal>> streams,
      boolean wakeEachMillisecond,
      Arrival arrival)
      throws Exception {
    Map<String, Outcome> outcomes = Differential.outcomes(streams);
    Pattern<Signal, ?> flinkPattern = pattern.build();
    CepOperator<Signal, String, Boolean> operator =
        new CepOperator<>(
            SignalSerializer.INSTANCE,
            false,
            NFACompiler.compileFactory(flinkPattern, true),
            null,
            flinkPattern.getAfterMatchSkipStrategy(),
            new StockFunction(outcomes),
            null);
    RandomPattern.budget(Differential.BUDGET);
    try (var harness = Differential.harness(operator)) {
      Differential.run(
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
    }
    outcomes.values().forEach(Outcome::sorted);
    return outcomes;
  }

  /** Stays in this JVM: the harness runs the very function it is given. */
  private static final class StockFunction extends PatternProcessFunction<Signal, Boolean>
      implements TimedOutPartialMatchHandler<Signal> {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, Outcome> outcomes;

    StockFunction(Map<String, Outcome> outcomes) {
      this.outcomes = outcomes;
    }

    @Override
    public void processMatch(
        Map<String, List<Signal>> match, Context context, Collector<Boolean> out) {
      Outcome.of(match, outcomes).matches().add(Outcome.print(match));
    }

    @Override
    public void processTimedOutMatch(Map<String, List<Signal>> match, Context context) {
      Outcome.of(match, outcomes).timeOuts().add(Outcome.print(match) + '@' + context.timestamp());
    }
  }
}
