package io.foreshock.patterns.samples;

import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.StageNames;
import io.foreshock.state.SignalSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/** Runs a compiled pattern on flink-cep's own operator: what matches by definition. */
public final class StockCep {

  private StockCep() {}

  /**
   * Matches, each as its stages in alphabetical order with the signals they took.
   *
   * @param signals in order of time
   */
  public static List<Map<String, List<Signal>>> matches(
      CompiledPattern pattern, List<Signal> signals) throws Exception {
    List<Map<String, List<Signal>>> matches = new ArrayList<>();
    CepOperator<Signal, String, Integer> operator =
        new CepOperator<>(
            SignalSerializer.INSTANCE,
            false,
            NFACompiler.compileFactory(pattern.pattern(), false),
            null,
            pattern.pattern().getAfterMatchSkipStrategy(),
            new Collect(matches),
            null);
    try (KeyedOneInputStreamOperatorTestHarness<String, Signal, Integer> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, signal -> signal.asset().key(), Types.STRING)) {
      harness.setup();
      harness.open();
      for (Signal signal : signals) {
        harness.processElement(signal, signal.eventTimeMillis());
      }
      harness.processWatermark(Watermark.MAX_WATERMARK);
    }
    return matches;
  }

  private static final class Collect extends PatternProcessFunction<Signal, Integer> {
    private static final long serialVersionUID = 1L;

    private final transient List<Map<String, List<Signal>>> matches;

    Collect(List<Map<String, List<Signal>>> matches) {
      this.matches = matches;
    }

    @Override
    public void processMatch(
        Map<String, List<Signal>> match, Context context, Collector<Integer> out) {
      Map<String, List<Signal>> byStage = new TreeMap<>();
      match.forEach((stage, taken) -> byStage.put(StageNames.decode(stage), List.copyOf(taken)));
      matches.add(byStage);
    }
  }
}
