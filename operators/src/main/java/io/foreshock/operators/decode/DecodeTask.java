package io.foreshock.operators.decode;

import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Decodes and counts; what the decode operators have in common. */
final class DecodeTask {
  private final TelemetryDecoder decoder;
  private final Counter messages;
  private final Counter measurements;
  private final Counter waveforms;
  private final Counter indicatorsLeftOut;
  private final DeadLetterCounters deadLetters;

  /** A side output of the operator at hand. */
  @FunctionalInterface
  interface SideOutput {
    void output(OutputTag<DeadLetter> tag, DeadLetter letter);
  }

  DecodeTask(TelemetryDecoder decoder, MetricGroup metrics) {
    this.decoder = decoder;
    messages = metrics.counter("decodedMessages");
    measurements = metrics.counter("measurements");
    waveforms = metrics.counter("waveforms");
    indicatorsLeftOut = metrics.counter("indicatorsLeftOut");
    deadLetters = new DeadLetterCounters(metrics.addGroup("deadLetters"));
  }

  void decode(RawRecord record, SideOutput side, Collector<TelemetryBatch> out) {
    TelemetryBatch batch =
        decoder.decode(
            record,
            letter -> {
              deadLetters.count(letter);
              side.output(DecodeTelemetryFunction.DEAD_LETTERS, letter);
            });
    if (batch != null) {
      messages.inc();
      measurements.inc(batch.measurements().size());
      if (decoder.waveforms() != waveforms.getCount()) {
        waveforms.inc(decoder.waveforms() - waveforms.getCount());
        indicatorsLeftOut.inc(decoder.indicatorsLeftOut() - indicatorsLeftOut.getCount());
      }
      out.collect(batch);
    }
  }
}
