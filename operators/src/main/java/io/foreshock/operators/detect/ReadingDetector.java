package io.foreshock.operators.detect;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A detector that lives on the readings of one channel.
 *
 * <p>Readings are taken in order of event time. One that is not newer than the last is ignored, so
 * of several with the same time the first counts, and a repeated reading changes nothing. NaN,
 * infinite values and values beyond {@value #LARGEST} (their squares would overflow) are ignored.
 */
public abstract sealed class ReadingDetector extends Detector
    permits ThresholdDetector,
        SeasonalDetector,
        DriftDetector,
        StepDetector,
        TrendDetector,
        RateOfChangeDetector,
        FlatLineDetector {

  static final double LARGEST = 1e100;
  static final long NEVER = Long.MIN_VALUE;

  private long lastMillis = NEVER;

  /**
   * The state machine of a specification that concerns readings, in its initial state.
   *
   * @throws IllegalArgumentException for a {@link DetectorSpec.Silence}, and for a specification
   *     that contradicts itself
   */
  public static ReadingDetector of(DetectorSpec spec) {
    if (spec instanceof DetectorSpec.Threshold threshold) {
      return new ThresholdDetector(threshold);
    } else if (spec instanceof DetectorSpec.Drift drift) {
      return new DriftDetector(drift);
    } else if (spec instanceof DetectorSpec.Step step) {
      return new StepDetector(step);
    } else if (spec instanceof DetectorSpec.Trend trend) {
      return new TrendDetector(trend);
    } else if (spec instanceof DetectorSpec.RateOfChange rate) {
      return new RateOfChangeDetector(rate);
    } else if (spec instanceof DetectorSpec.FlatLine flat) {
      return new FlatLineDetector(flat);
    } else if (spec instanceof DetectorSpec.Seasonal seasonal) {
      return new SeasonalDetector(seasonal);
    }
    throw refused(spec, "only readings of a channel make a symptom here");
  }

  /**
   * Takes the next reading of the channel.
   *
   * @param timeMillis event time
   * @param value in the unit of the channel
   */
  public final Outcome onReading(long timeMillis, double value) {
    if (timeMillis <= lastMillis || !(Math.abs(value) <= LARGEST)) {
      return Outcome.NONE;
    }
    long stepMillis = lastMillis == NEVER ? 0 : timeMillis - lastMillis;
    lastMillis = timeMillis;
    return onNewReading(timeMillis, stepMillis, value);
  }

  /** Takes a reading that is newer than the last; {@code stepMillis} is 0 for the first. */
  abstract Outcome onNewReading(long timeMillis, long stepMillis, double value);

  abstract void resetOwn();

  abstract void writeOwn(long lastMillis, DataOutputView out) throws IOException;

  abstract void readOwn(int version, long lastMillis, DataInputView in) throws IOException;

  @Override
  public final void reset() {
    lastMillis = NEVER;
    resetOwn();
  }

  @Override
  public final void write(DataOutputView out) throws IOException {
    out.writeLong(lastMillis);
    writeOwn(lastMillis, out);
  }

  @Override
  public final void read(int version, DataInputView in) throws IOException {
    lastMillis = in.readLong();
    readOwn(version, lastMillis, in);
  }
}
