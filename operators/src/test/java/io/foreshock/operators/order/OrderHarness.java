package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The order operator with a state backend, outputs as lists and counters by name. */
final class OrderHarness implements AutoCloseable {

  enum Backend {
    HASHMAP,
    ROCKSDB;

    StateBackend create() {
      return this == HASHMAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend(true);
    }
  }

  private OrderRules rules;
  private Backend backend;
  private final long memoryBytes;
  private final List<TelemetryBatch> emitted = new ArrayList<>();
  private final List<TelemetryBatch> late = new ArrayList<>();
  private final Counters counters = new Counters();
  private KeyedOneInputStreamOperatorTestHarness<String, TelemetryBatch, TelemetryBatch> harness;

  OrderHarness(OrderRules rules, Backend backend) throws Exception {
    this(rules, backend, OrderTelemetryOperator.MEMORY_BYTES);
  }

  /**
   * @param memoryBytes of which cursors take some; with 1, the state is read and written all the
   *     time
   */
  OrderHarness(OrderRules rules, Backend backend, long memoryBytes) throws Exception {
    this.rules = rules;
    this.backend = backend;
    this.memoryBytes = memoryBytes;
    start(null);
  }

  private void start(OperatorSubtaskState state) throws Exception {
    MockEnvironment environment = counters.environment();
    environment
        .getExecutionConfig()
        .getSerializerConfig()
        .configure(
            new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
            getClass().getClassLoader());
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new OrderTelemetryOperator(new OrderTelemetryFunction(rules), memoryBytes),
            batch -> batch.asset().key(),
            Types.STRING,
            environment);
    harness.setStateBackend(backend.create());
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  void send(TelemetryBatch batch) throws Exception {
    harness.processElement(batch, batch.appendTimeMillis());
    collect();
  }

  void watermark(long millis) throws Exception {
    harness.processWatermark(millis);
    collect();
  }

  /** Takes a canonical savepoint, throws the operator away and restores another one from it. */
  void restart() throws Exception {
    restart(backend);
  }

  /** The same, on another state backend. */
  void restart(Backend next) throws Exception {
    OperatorSubtaskState state =
        harness
            .snapshotWithLocalState(1, 1, SavepointType.savepoint(SavepointFormatType.CANONICAL))
            .getJobManagerOwnedState();
    harness.close();
    backend = next;
    start(state);
  }

  /** The same, with other rules. */
  void restart(OrderRules next) throws Exception {
    rules = next;
    restart(backend);
  }

  private void collect() {
    for (Object element : harness.getOutput()) {
      if (element instanceof StreamRecord<?> record) {
        emitted.add((TelemetryBatch) record.getValue());
      }
    }
    harness.getOutput().clear();
    var side = harness.getSideOutput(OrderTelemetryFunction.LATE);
    if (side != null) {
      side.forEach(record -> late.add(record.getValue()));
      side.clear();
    }
  }

  List<TelemetryBatch> emitted() {
    return emitted;
  }

  List<TelemetryBatch> late() {
    return late;
  }

  long count(String counter) {
    return counters.get("order." + counter);
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  /** Names of the states that still hold a key. */
  List<String> stateLeft() throws Exception {
    ((OrderTelemetryOperator) harness.getOperator()).flush();
    return List.of("cursors", "pending", "message-ids").stream()
        .filter(
            state -> {
              try (var keys =
                  harness
                      .getOperator()
                      .getKeyedStateBackend()
                      .getKeys(state, VoidNamespace.INSTANCE)) {
                return keys.findAny().isPresent();
              }
            })
        .collect(Collectors.toList());
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException("The operator cannot be closed", e);
    }
  }
}
