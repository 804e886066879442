package io.foreshock.operators.detect;

import java.time.Duration;

/**
 * Exponential forgetting for readings at irregular times: what was known a step ago keeps the
 * weight {@code exp(-step / time constant)}.
 *
 * <p>{@link StrictMath}, so that a replay on another machine gives the same symptoms; the last
 * answer is kept, because most channels are sampled regularly.
 */
final class Decay {
  private final double timeConstantMillis;
  private long lastStepMillis = -1;
  private double lastKept;

  Decay(Duration timeConstant) {
    this(timeConstant.toMillis());
  }

  Decay(double timeConstantMillis) {
    this.timeConstantMillis = timeConstantMillis;
  }

  /** Weight that the past keeps over a step, 0 to 1; 0 when the time constant is 0. */
  double kept(long stepMillis) {
    if (stepMillis != lastStepMillis) {
      lastStepMillis = stepMillis;
      lastKept = timeConstantMillis == 0 ? 0 : StrictMath.exp(-stepMillis / timeConstantMillis);
    }
    return lastKept;
  }
}
