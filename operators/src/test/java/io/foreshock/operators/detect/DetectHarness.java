package io.foreshock.operators.detect;

import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The operator with a state backend, and no more of Flink. */
final class DetectHarness implements AutoCloseable {

  /** Where state is kept. */
  enum Backend {
    HASH_MAP {
      @Override
      StateBackend create() {
        return new HashMapStateBackend();
      }
    },
    ROCKSDB {
      @Override
      StateBackend create() {
        return new EmbeddedRocksDBStateBackend();
      }
    };

    abstract StateBackend create();
  }

  final KeyedOneInputStreamOperatorTestHarness<String, TelemetryBatch, Signal> flink;

  DetectHarness(Backend backend, DetectSymptomsFunction function, OperatorSubtaskState restored)
      throws Exception {
    flink =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), batch -> batch.asset().key(), Types.STRING);
    flink.setStateBackend(backend.create());
    flink.getExecutionConfig().enableObjectReuse();
    flink.setup();
    if (restored != null) {
      flink.initializeState(restored);
    }
    flink.open();
  }

  static DetectHarness start(Backend backend, DetectorPlan plan) throws Exception {
    return new DetectHarness(backend, new DetectSymptomsFunction(plan), null);
  }

  static DetectHarness restore(Backend backend, DetectorPlan plan, OperatorSubtaskState state)
      throws Exception {
    return new DetectHarness(backend, new DetectSymptomsFunction(plan), state);
  }

  static DetectHarness forgetting(Backend backend, DetectorPlan plan, Duration after)
      throws Exception {
    return new DetectHarness(backend, new DetectSymptomsFunction(plan, after), null);
  }

  /** A plan for every asset, without plain readings. */
  static DetectorPlan plan(DetectorSpec... specs) {
    return new DetectorPlan(
        java.util.Arrays.stream(specs)
            .map(spec -> new DetectorPlan.Assignment(spec, List.of(AssetScope.EVERY_ASSET)))
            .toList(),
        Map.of());
  }

  void send(Batches batch) throws Exception {
    TelemetryBatch built = batch.build();
    flink.processElement(built, built.appendTimeMillis());
  }

  void watermark(long millis) throws Exception {
    flink.processWatermark(millis);
  }

  /** Signals since the last call. */
  List<Signal> take() {
    List<Signal> signals = flink.extractOutputValues();
    flink.getOutput().clear();
    return signals;
  }

  OperatorSubtaskState snapshot() throws Exception {
    return flink.snapshot(1, 1);
  }

  long states() {
    try (Stream<Object> keys =
        flink
            .getOperator()
            .getKeyedStateBackend()
            .getKeys(DetectSymptomsFunction.STATE_NAME, VoidNamespace.INSTANCE)) {
      return keys.count();
    }
  }

  int timers() {
    return flink.numEventTimeTimers();
  }

  @Override
  public void close() {
    try {
      flink.close();
    } catch (Exception e) {
      throw new IllegalStateException("The harness does not close", e);
    }
  }
}
