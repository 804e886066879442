package io.foreshock.operators.detect;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Exponential averages of several channels, which one wrong reading cannot move far: a reading
 * further than {@value #FENCE} standard deviations of single readings from the average counts as if
 * it lay there (Winsor's rule), unless more than {@value #RUN} in a row do, which may be a new
 * level.
 */
final class ChannelAverages {
  static final double FENCE = 5;
  static final int RUN = 4;

  /** Readings before the fence is trusted. */
  private static final int FIRST_READINGS = 20;

  private final Decay decay;
  private final double[] means;
  private final double[] squares;
  private final byte[] outside;
  private int counted;
  private double varianceFactor;

  ChannelAverages(int channels, Duration timeConstant) {
    decay = new Decay(timeConstant);
    means = new double[channels];
    squares = new double[channels];
    outside = new byte[channels];
  }

  /**
   * Takes a vector.
   *
   * @param learning the scatter of single readings is still to be learned
   */
  void add(long stepMillis, double[] vector, boolean learning) {
    if (varianceFactor == 0) {
      System.arraycopy(vector, 0, means, 0, means.length);
      varianceFactor = 1;
      return;
    }
    double w = decay.kept(stepMillis);
    for (int i = 0; i < means.length; i++) {
      double away = fenced(i, vector[i] - means[i]);
      if (learning) {
        squares[i] += away * away;
      }
      means[i] += (1 - w) * away;
    }
    counted += learning ? 1 : 0;
    varianceFactor = w * w * varianceFactor + (1 - w) * (1 - w);
  }

  private double fenced(int i, double away) {
    if (counted < FIRST_READINGS) {
      return away;
    }
    double fence = FENCE * Math.sqrt(squares[i] / counted);
    if (fence == 0 || Math.abs(away) <= fence) {
      outside[i] = 0;
      return away;
    }
    if (outside[i] == RUN) {
      return away;
    }
    outside[i]++;
    return Math.copySign(fence, away);
  }

  double mean(int i) {
    return means[i];
  }

  /** See {@link Ewma#varianceFactor}; 0 before the first vector. */
  double varianceFactor() {
    return varianceFactor;
  }

  void reset() {
    Arrays.fill(means, 0);
    Arrays.fill(squares, 0);
    Arrays.fill(outside, (byte) 0);
    counted = 0;
    varianceFactor = 0;
  }

  void write(DataOutputView out) throws IOException {
    out.writeInt(counted);
    out.writeDouble(varianceFactor);
    Covariance.writeAll(means, out);
    Covariance.writeAll(squares, out);
    out.write(outside);
  }

  void read(DataInputView in) throws IOException {
    counted = in.readInt();
    varianceFactor = in.readDouble();
    Covariance.readAll(means, in);
    Covariance.readAll(squares, in);
    in.readFully(outside);
  }
}
