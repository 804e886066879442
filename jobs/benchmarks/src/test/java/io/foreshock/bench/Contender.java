package io.foreshock.bench;

import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.MatchPatternsOperator;
import io.foreshock.patterns.engine.NearMissRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** What is compared, as Flink jobs: same source, same key, same serializer. */
enum Contender {
  /** {@code CEP.pattern}, an operator per pattern. */
  STOCK,
  /** {@link MatchPatternsOperator} in its production settings. */
  OURS,
  /** Nothing is done with the signals: the limit. */
  PASS_THROUGH;

  /** Adds the job of a run to the environment. */
  void define(StreamExecutionEnvironment environment, Run run) {
    KeyedStream<Signal, String> signals =
        environment
            .fromSource(
                new SignalSource(run, environment.getParallelism()),
                WatermarkStrategy.noWatermarks(),
                "signals",
                TypeInformation.of(Signal.class))
            .uid("signals")
            .keyBy(signal -> signal.asset().key(), Types.STRING);
    switch (this) {
      case STOCK -> stock(signals, run);
      case OURS -> ours(signals, run);
      case PASS_THROUGH -> passThrough(signals, run);
    }
  }

  private static void stock(KeyedStream<Signal, String> signals, Run run) {
    DataStream<String> all = null;
    for (int p = 0; p < run.benchCase.patterns(); p++) {
      DataStream<String> matches =
          CEP.pattern(signals, BenchPatterns.pattern(p))
              .process(new Identify(BenchPatterns.name(p)), Types.STRING);
      all = all == null ? matches : all.union(matches);
    }
    end(all, run, match -> match);
  }

  private static void ours(KeyedStream<Signal, String> signals, Run run) {
    EngineRules rules =
        new EngineRules(
            EngineRules.DEFAULT.clock(),
            Duration.ofSeconds(run.benchCase.disorderSeconds()),
            EngineRules.DEFAULT.offlineGrace(),
            EngineRules.DEFAULT.maxBufferedSignals());
    DataStream<Detection> detections =
        MatchPatternsOperator.match(
                signals, new BenchPatterns(run.benchCase.patterns()), rules, NearMissRules.NONE)
            .uid("match-patterns");
    end(detections, run, Contender::identity);
  }

  private static void passThrough(KeyedStream<Signal, String> signals, Run run) {
    end(signals.process(new Nothing()).uid("nothing"), run, Contender::identity);
  }

  private static <T> void end(DataStream<T> matches, Run run, Probe.Identity<T> identity) {
    matches
        .transform("probe", Types.BOOLEAN, new Probe<>(run, identity))
        .uid("probe")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }

  /** Pattern, asset and the times of the signals in the order of the stages. */
  private static String identity(Detection detection) {
    StringBuilder text = new StringBuilder(detection.pattern());
    text.append(' ').append(detection.asset().key());
    for (StageEvidence stage : detection.evidence()) {
      stage.signals().forEach(signal -> text.append(' ').append(signal.eventTimeMillis()));
    }
    return text.toString();
  }

  private static final class Identify extends PatternProcessFunction<Signal, String> {
    private static final long serialVersionUID = 1L;

    private final String pattern;

    Identify(String pattern) {
      this.pattern = pattern;
    }

    @Override
    public void processMatch(
        Map<String, List<Signal>> match, Context context, Collector<String> out) {
      StringBuilder text = new StringBuilder(pattern);
      for (int stage = 0; stage < BenchPatterns.STAGES.size(); stage++) {
        for (Signal signal : match.get(BenchPatterns.stage(stage))) {
          if (text.length() == pattern.length()) {
            text.append(' ').append(signal.asset().key());
          }
          text.append(' ').append(signal.eventTimeMillis());
        }
      }
      out.collect(text.toString());
    }
  }

  private static final class Nothing extends KeyedProcessFunction<String, Signal, Detection> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Signal signal, Context context, Collector<Detection> out) {}
  }
}
