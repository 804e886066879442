package io.foreshock.operators.detect;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Exponentially weighted moving average of irregular readings: {@code e = w e + (1 - w) x} with
 * {@code w = exp(-step / time constant)}. The first reading starts it.
 */
final class Ewma {
  private final Decay decay;
  private double mean;
  private double varianceFactor;

  Ewma(Duration timeConstant) {
    decay = new Decay(timeConstant);
  }

  void add(long stepMillis, double value) {
    if (varianceFactor == 0) {
      mean = value;
      varianceFactor = 1;
      return;
    }
    double w = decay.kept(stepMillis);
    mean = w * mean + (1 - w) * value;
    varianceFactor = w * w * varianceFactor + (1 - w) * (1 - w);
  }

  double mean() {
    return mean;
  }

  /**
   * Variance of the average in units of the variance of one reading, readings being independent:
   * the sum of the squared weights, exact for any spacing. 1 after the first reading; 0 before.
   */
  double varianceFactor() {
    return varianceFactor;
  }

  void reset() {
    mean = 0;
    varianceFactor = 0;
  }

  void write(DataOutputView out) throws IOException {
    out.writeDouble(mean);
    out.writeDouble(varianceFactor);
  }

  void read(DataInputView in) throws IOException {
    mean = in.readDouble();
    varianceFactor = in.readDouble();
  }
}
