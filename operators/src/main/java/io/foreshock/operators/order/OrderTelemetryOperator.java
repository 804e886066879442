package io.foreshock.operators.order;

import io.foreshock.model.TelemetryBatch;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/**
 * Runs {@link OrderTelemetryFunction} and keeps the cursors of the assets heard of last in memory.
 * They are written to Flink's state before each checkpoint, for which the key must be set, which a
 * function cannot do. State and results are the same without it.
 */
public final class OrderTelemetryOperator
    extends KeyedProcessOperator<String, TelemetryBatch, TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  /** What cursors may take in the memory of a task, about: some 40,000 assets of one device. */
  static final long MEMORY_BYTES = 32L << 20;

  private final OrderTelemetryFunction function;
  private final long memoryBytes;

  /**
   * @param memoryBytes what cursors may take in the memory of a task, about
   */
  OrderTelemetryOperator(OrderTelemetryFunction function, long memoryBytes) {
    super(function);
    this.function = function;
    this.memoryBytes = memoryBytes;
  }

  /** Orders the batches of each device; the caller gives uid and name. */
  public static SingleOutputStreamOperator<TelemetryBatch> order(
      KeyedStream<TelemetryBatch, String> batches, OrderRules rules) {
    return batches.transform(
        "order-telemetry",
        TypeInformation.of(TelemetryBatch.class),
        new OrderTelemetryOperator(new OrderTelemetryFunction(rules), MEMORY_BYTES));
  }

  @Override
  public void open() throws Exception {
    super.open();
    // On a bounded stream that is sorted by key a key that was left must not come back.
    if (!getKeyedStateBackend().getBackendTypeIdentifier().equals("batch")) {
      function.remember(this::setCurrentKey, memoryBytes);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    flush();
    super.snapshotState(context);
  }

  /** Brings Flink's state up to date with what is in memory. */
  void flush() throws Exception {
    Object key = getCurrentKey();
    function.flush();
    if (key != null) {
      setCurrentKey(key);
    }
  }
}
