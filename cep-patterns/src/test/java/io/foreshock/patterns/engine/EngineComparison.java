package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.StageNames;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Runs stock flink-cep, the engine and a pass-through over the same stream on RocksDB with
 * incremental checkpoints each second, one after the other, and prints signals per second. Not a
 * test; see RATIONALE.md for figures. Arguments: assets, signals for stock, signals for the others,
 * and a {@link Mix} to run only that.
 */
public final class EngineComparison {

  private static final String[] STEPS = {"rough", "hot", "stuck"};
  private static final long START = Signals.at("00:00:00");

  private EngineComparison() {}

  /** What of the stream can take part in a match. */
  enum Mix {
    /** Two in a hundred signals have a name that the pattern knows; all of them match. */
    TWO_PERCENT,
    /** All have a name that the pattern knows, two in a hundred have the value for it. */
    ALL_BY_NAME,
    /** All match. */
    ALL
  }

  static Signal signal(long i, int assets, Mix mix) {
    long round = i / assets;
    long h = i * 0x9E3779B97F4A7C15L + 7;
    h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    double draw = ((h ^ h >>> 31) >>> 11) * 0x1.0p-53;
    String step = STEPS[(int) Math.floorMod(h, 3L)];
    boolean hit = draw > 0.98 || mix == Mix.ALL;
    return Signals.letter(
        new AssetRef("acme", "asset-" + i % assets, "pump"),
        hit || mix == Mix.ALL_BY_NAME ? step : "unrelated",
        START + round * 1000,
        hit ? 1 : 0);
  }

  static Pattern<Signal, ?> pattern() {
    return Pattern.<Signal>begin(
            StageNames.encode(1, "shaking"), AfterMatchSkipStrategy.skipPastLastEvent())
        .where(is("rough"))
        .followedBy(StageNames.encode(1, "heating"))
        .where(is("hot"))
        .followedBy(StageNames.encode(1, "seized"))
        .where(is("stuck"))
        .within(Duration.ofMinutes(10));
  }

  private static SimpleCondition<Signal> is(String name) {
    return SimpleCondition.of(signal -> signal.value() > 0.5 && signal.name().equals(name));
  }

  private static List<CompiledPattern> patterns(int count) {
    List<CompiledPattern> patterns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      patterns.add(TestPatterns.compiled("wear-" + i, 1, pattern(), Set.of(STEPS)));
    }
    return patterns;
  }

  public static void main(String[] arguments) throws Exception {
    int assets = Integer.parseInt(arguments[0]);
    long stockSignals = Long.parseLong(arguments[1]);
    long signals = Long.parseLong(arguments[2]);
    run("pass-through", Mix.TWO_PERCENT, assets, signals / 4, 1);
    Mix[] mixes = arguments.length > 3 ? new Mix[] {Mix.valueOf(arguments[3])} : Mix.values();
    for (Mix mix : mixes) {
      double pass = run("pass-through", mix, assets, signals, 1);
      double ours = run("engine", mix, assets, signals, 1);
      double hundred = run("engine", mix, assets, mix == Mix.ALL ? signals / 50 : signals, 100);
      double stock = run("stock", mix, assets, stockSignals, 1);
      System.out.printf(
          "%s, %d assets: pass-through %.0f/s, engine %.0f/s (100 patterns %.0f/s), stock %.0f/s;"
              + " engine to stock %.1f, engine to pass-through %.2f%n",
          mix, assets, pass, ours, hundred, stock, ours / stock, ours / pass);
    }
  }

  private static double run(String what, Mix mix, int assets, long signals, int patterns)
      throws Exception {
    File checkpoints = Files.createTempDirectory("engine-comparison").toFile();
    Configuration configuration = new Configuration();
    configuration.setString("state.backend.type", "rocksdb");
    configuration.setString("execution.checkpointing.dir", checkpoints.toURI().toString());
    configuration.setString("execution.checkpointing.interval", "1s");
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("taskmanager.memory.managed.size", "512m");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    KeyedStream<Signal, String> keyed =
        env.fromSequence(0, signals - 1)
            .map(i -> signal(i, assets, mix))
            .returns(TypeInformation.of(Signal.class))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Signal>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                    .withTimestampAssigner((signal, none) -> signal.eventTimeMillis()))
            .keyBy(signal -> signal.asset().key(), Types.STRING);
    SingleOutputStreamOperator<?> result =
        switch (what) {
          case "stock" -> CEP.pattern(keyed, pattern()).process(new Stock()).returns(Types.STRING);
          case "engine" ->
              keyed.process(
                  new MatchPatternsFunction(
                      TestPatterns.of(() -> patterns(patterns)), EngineRules.DEFAULT),
                  TypeInformation.of(Detection.class));
          default -> keyed.process(new PassThrough(), Types.STRING);
        };
    result.sinkTo(new DiscardingSink<>());
    long begin = System.nanoTime();
    env.execute(what);
    double perSecond = signals / ((System.nanoTime() - begin) / 1e9);
    System.out.printf("  %s %s %d patterns: %.0f/s%n", mix, what, patterns, perSecond);
    org.apache.flink.util.FileUtils.deleteDirectoryQuietly(checkpoints);
    return perSecond;
  }

  private static final class PassThrough extends KeyedProcessFunction<String, Signal, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Signal signal, Context context, Collector<String> out) {}
  }

  private static final class Stock extends PatternProcessFunction<Signal, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processMatch(
        Map<String, List<Signal>> match, Context context, Collector<String> out) {
      out.collect("match");
    }
  }
}
