package io.foreshock.operators.detect;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How far the average of one channel is from its own {@link Baseline}, which is learned once and
 * kept: wear is measured from where the machine began.
 */
final class OwnDeviation {
  private final Baseline baseline;
  private final Ewma average;

  OwnDeviation(Duration learning, Duration smooth) {
    baseline = new Baseline(learning, smooth);
    average = new Ewma(smooth);
  }

  void add(long stepMillis, double value) {
    if (baseline.learned()) {
      average.add(stepMillis, value);
    } else {
      baseline.learn(stepMillis, value, average);
    }
  }

  /** The baseline is learned. */
  boolean known() {
    return baseline.learned();
  }

  /** In standard deviations of single readings. */
  double sigmas() {
    return (average.mean() - baseline.location()) / baseline.sigma();
  }

  void reset() {
    baseline.reset();
    average.reset();
  }

  void write(DataOutputView out) throws IOException {
    baseline.write(out);
    average.write(out);
  }

  void read(DataInputView in) throws IOException {
    baseline.read(in);
    average.read(in);
  }
}
