package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.Signal;
import io.foreshock.patterns.PatternSet;
import io.foreshock.patterns.samples.RecordedMetrics;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The engine in Flink's operator harness. Ingest time is event time unless said otherwise. */
final class EngineHarness implements AutoCloseable {

  static final int MAX_PARALLELISM = 240;

  private final KeyedOneInputStreamOperatorTestHarness<String, Signal, Detection> harness;
  private final StateBackend backend;
  private final MatchPatternsOperator operator;
  private final RecordedMetrics metrics = new RecordedMetrics();
  private int taken;
  private int missesTaken;

  EngineHarness(PatternSet patterns, EngineRules rules) throws Exception {
    this(patterns, rules, new HashMapStateBackend());
  }

  EngineHarness(PatternSet patterns, EngineRules rules, StateBackend backend) throws Exception {
    this(patterns, rules, backend, 1, 0);
  }

  EngineHarness(
      PatternSet patterns, EngineRules rules, StateBackend backend, int parallelism, int subtask)
      throws Exception {
    this(patterns, rules, NearMissRules.NONE, backend, parallelism, subtask);
  }

  EngineHarness(
      PatternSet patterns,
      EngineRules rules,
      NearMissRules nearMisses,
      StateBackend backend,
      int parallelism,
      int subtask)
      throws Exception {
    this(
        new MatchPatternsOperator(new MatchPatternsFunction(patterns, rules, nearMisses)),
        backend,
        parallelism,
        subtask);
  }

  /** With little memory assets leave it all the time. */
  static EngineHarness withMemory(PatternSet patterns, EngineRules rules, long bytes)
      throws Exception {
    return new EngineHarness(
        new MatchPatternsOperator(
            new MatchPatternsFunction(
                patterns,
                new EngineRules(
                    rules.clock(),
                    rules.disorderBound(),
                    rules.offlineGrace(),
                    rules.maxBufferedSignals(),
                    bytes))),
        new HashMapStateBackend(),
        1,
        0);
  }

  /** Without memory: each value is read and written at once. */
  static EngineHarness withoutMemory(PatternSet patterns, EngineRules rules, StateBackend backend)
      throws Exception {
    return new EngineHarness(
        new KeyedProcessOperator<>(new MatchPatternsFunction(patterns, rules)), backend, 1, 0);
  }

  private EngineHarness(
      KeyedProcessOperator<String, Signal, Detection> operator,
      StateBackend backend,
      int parallelism,
      int subtask)
      throws Exception {
    this.backend = backend;
    this.operator = operator instanceof MatchPatternsOperator remembering ? remembering : null;
    MockEnvironment environment =
        new MockEnvironmentBuilder()
            .setMetricGroup(metrics.group())
            .setMaxParallelism(MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(subtask)
            .build();
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, signal -> signal.asset().key(), Types.STRING, environment);
    harness.setStateBackend(backend);
    Configuration noKryo = new Configuration();
    noKryo.set(PipelineOptions.GENERIC_TYPES, false);
    harness.getExecutionConfig().configure(noKryo, getClass().getClassLoader());
  }

  EngineHarness open() throws Exception {
    harness.open();
    return this;
  }

  EngineHarness restore(OperatorSubtaskState state) throws Exception {
    harness.setup();
    harness.initializeState(state);
    harness.open();
    return this;
  }

  EngineHarness give(Signal... signals) throws Exception {
    for (Signal signal : signals) {
      giveAt(signal.eventTimeMillis(), signal);
    }
    return this;
  }

  EngineHarness giveAt(long ingestTime, Signal signal) throws Exception {
    harness.processElement(signal, ingestTime);
    return this;
  }

  EngineHarness ingestTime(long watermark) throws Exception {
    harness.processWatermark(new Watermark(watermark));
    return this;
  }

  /** Detections since the last call. */
  List<Detection> detections() {
    List<Detection> all = harness.extractOutputValues();
    List<Detection> fresh = all.subList(taken, all.size());
    taken = all.size();
    return fresh;
  }

  /** Near misses since the last call. */
  List<NearMiss> nearMisses() {
    Queue<StreamRecord<NearMiss>> told = harness.getSideOutput(MatchPatternsFunction.NEAR_MISSES);
    List<NearMiss> all =
        told == null ? List.of() : told.stream().map(StreamRecord::getValue).toList();
    List<NearMiss> fresh = all.subList(missesTaken, all.size());
    missesTaken = all.size();
    return fresh;
  }

  /** Value of the metric whose full name ends so. */
  long metric(String end) {
    return metrics.value(end);
  }

  /** As before a checkpoint. */
  void flush() throws Exception {
    if (operator != null) {
      operator.flush();
    }
  }

  /** Values in state; a value is there only while a match is open. HashMap backend only. */
  int entries() throws Exception {
    flush();
    return harness.numKeyedStateEntries();
  }

  /** Signals of an asset that wait for their order. */
  int waiting(AssetRef asset) throws Exception {
    operator.setCurrentKey(asset.key());
    int count = 0;
    for (byte[] one :
        operator
            .getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>(
                    "pending-signals", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
            .get()) {
      count += one.length > 0 ? 1 : 0;
    }
    return count;
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  /** Entries and timers that are left when all timers have fired. */
  int leftInTheEnd() throws Exception {
    ingestTime(Long.MAX_VALUE);
    return entries() + timers();
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  KeyedOneInputStreamOperatorTestHarness<String, Signal, Detection> flink() {
    return harness;
  }

  StateBackend backend() {
    return backend;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
