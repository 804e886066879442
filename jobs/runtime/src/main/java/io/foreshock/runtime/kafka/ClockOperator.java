package io.foreshock.runtime.kafka;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Emits the watermark each time it has gone on far enough; takes no notice of elements. */
final class ClockOperator<T> extends AbstractStreamOperator<Long>
    implements OneInputStreamOperator<T, Long> {
  private static final long serialVersionUID = 1L;

  private final long intervalMillis;
  private transient boolean told;
  private transient long toldMillis;

  ClockOperator(long intervalMillis) {
    this.intervalMillis = intervalMillis;
  }

  @Override
  public void processElement(StreamRecord<T> element) {}

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    long millis = watermark.getTimestamp();
    // The end of bounded input is no time that anybody could tell.
    if (millis != Long.MAX_VALUE && (!told || millis - toldMillis >= intervalMillis)) {
      told = true;
      toldMillis = millis;
      output.collect(new StreamRecord<>(millis));
    }
    super.processWatermark(watermark);
  }
}
