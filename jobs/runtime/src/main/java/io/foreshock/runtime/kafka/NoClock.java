package io.foreshock.runtime.kafka;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Watermark of an input that has no part in the clock: idle, always. A watermark beyond the end of
 * time would do as long as another input speaks; when all others are idle it would be the least of
 * those that count, and be taken for the end of all input.
 */
final class NoClock<T> implements WatermarkGenerator<T> {
  @Override
  public void onEvent(T record, long timestamp, WatermarkOutput output) {
    output.markIdle();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
