package io.foreshock.bench;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.MatchPatternsFunction;
import io.foreshock.patterns.engine.MatchPatternsOperator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What one signal costs in the engine's operator, without source, network and checkpoints. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseParallelGC"})
@State(Scope.Thread)
public class HotLoop {

  private static final long START = 1_772_323_200_000L;
  private static final int ASSETS = 1_000;

  @Param({"1", "100"})
  int patterns;

  @Param({"heap", "rocksdb"})
  String state;

  /** Whether the values of assets are kept in memory, as in production. */
  @Param({"true", "false"})
  boolean memory;

  private Path folder;
  private KeyedOneInputStreamOperatorTestHarness<String, Signal, Detection> harness;
  private KeyedProcessOperator<String, Signal, Detection> operator;
  private final Signal[] irrelevant = new Signal[ASSETS];
  private final Signal[] inert = new Signal[ASSETS];
  private final Signal[][] cycle = new Signal[ASSETS][3];
  private final StreamRecord<Signal> record = new StreamRecord<>(null, START);
  private int next;
  private int stage;

  @Setup(Level.Trial)
  public void open() throws Exception {
    for (int a = 0; a < ASSETS; a++) {
      AssetRef asset = new AssetRef("acme", "pump-" + a, "pump");
      irrelevant[a] = signal(asset, "threshold-other");
      inert[a] = signal(asset, BenchPatterns.symptoms(0).get(2));
      for (int s = 0; s < 3; s++) {
        cycle[a][s] = signal(asset, BenchPatterns.symptoms(0).get(s));
      }
    }
    folder = Files.createTempDirectory("foreshock-hot-loop-");
    MatchPatternsFunction function =
        new MatchPatternsFunction(new BenchPatterns(patterns), EngineRules.DEFAULT);
    operator = memory ? new MatchPatternsOperator(function) : new KeyedProcessOperator<>(function);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, signal -> signal.asset().key(), Types.STRING, 240, 1, 0);
    harness.setStateBackend(backend());
    harness.open();
    next = 0;
    stage = 0;
  }

  private StateBackend backend() {
    if (state.equals("heap")) {
      return new HashMapStateBackend();
    }
    EmbeddedRocksDBStateBackend rocksDb = new EmbeddedRocksDBStateBackend(true);
    rocksDb.setDbStoragePath(folder.toString());
    return rocksDb;
  }

  private static Signal signal(AssetRef asset, String name) {
    return Signal.symptom(asset, true, name, "vibration_rms_mm_s", START, 7.5, 7.1, 7.5, false);
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    harness.close();
    FlinkInProcess.delete(folder);
  }

  /** No pattern names the symptom. */
  @Benchmark
  public void irrelevant() throws Exception {
    give(irrelevant[advance()]);
  }

  /** A pattern names the symptom, but nothing is open that waits for it. */
  @Benchmark
  public void relevantNothingOpen() throws Exception {
    give(inert[advance()]);
  }

  /** Every signal opens, advances or completes a match of its asset. */
  @Benchmark
  public void relevantAccepted() throws Exception {
    int asset = advance();
    give(cycle[asset][stage]);
    if (asset == ASSETS - 1) {
      stage = (stage + 1) % 3;
      harness.getOutput().clear();
    }
  }

  /** As accepted, with 0 to 200 open matches, 100 on average. */
  @Benchmark
  public void hundredOpen() throws Exception {
    int asset = advance();
    give(cycle[asset][Math.max(0, stage - 199)]);
    if (asset == ASSETS - 1) {
      stage = (stage + 1) % 202;
      harness.getOutput().clear();
    }
  }

  private void give(Signal signal) throws Exception {
    record.replace(signal, START);
    operator.setKeyContextElement1(record);
    operator.processElement(record);
  }

  private int advance() {
    next = next + 1 == ASSETS ? 0 : next + 1;
    return next;
  }
}
