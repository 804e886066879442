package io.foreshock.operators.decode;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.Counters;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The decode operator; outputs are handed over record by record. */
final class DecodeHarness implements AutoCloseable {

  /** What one record gave. */
  record Decoded(List<TelemetryBatch> batches, List<DeadLetter> letters) {}

  private final Counters counters = new Counters();
  private final OneInputStreamOperatorTestHarness<RawRecord, TelemetryBatch> harness;

  DecodeHarness(DecodeRules rules, ChannelRegistry channels) throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeTelemetryFunction(rules, channels)),
            counters.environment());
    harness.open();
  }

  Decoded decode(RawRecord record) throws Exception {
    harness.processElement(record, record.appendTimeMillis());
    List<TelemetryBatch> batches = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    List<DeadLetter> letters = new ArrayList<>();
    var side = harness.getSideOutput(DecodeTelemetryFunction.DEAD_LETTERS);
    if (side != null) {
      side.forEach(letter -> letters.add(letter.getValue()));
      side.clear();
    }
    return new Decoded(batches, letters);
  }

  long count(String counter) {
    return counters.get(counter);
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
