package io.foreshock.operators.detect;

import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Principal components of several channels, and how far a vector lies off them.
 *
 * <p>Each channel is standardised by its own deviation; the components are those of the
 * correlations, shrunk towards none by {@code p / (p + n)} for p channels and n independent
 * observations (the form of Ledoit and Wolf, Journal of Multivariate Analysis 88, 2004), so that no
 * component is held for constant because the baseline was short. The variance of a component grows
 * with the age of the location: {@code eigenvalue + growth * age}.
 *
 * <p>T² (Hotelling 1947) sums the squared components over their variances for the largest that
 * explain {@value #EXPLAINED} of the variance, Q (Jackson and Mudholkar, Technometrics 21(3), 1979)
 * the squares of the others; the Mahalanobis distance is the root of T² over all.
 */
final class VectorModel {
  static final double EXPLAINED = 0.9;

  private final int channels;
  private final double[] deviations;

  /** Component by component, {@link #channels} numbers each; channels left out have 0. */
  private final double[] directions;

  private final double[] eigenvalues;
  private final double[] growths;
  private final double[] standardised;
  private final double[] scores;
  private final double[] shares;
  private int components;
  private int principal;
  private double independent;

  VectorModel(int channels) {
    this.channels = channels;
    deviations = new double[channels];
    directions = new double[channels * channels];
    eigenvalues = new double[channels];
    growths = new double[channels];
    standardised = new double[channels];
    scores = new double[channels];
    shares = new double[channels];
  }

  /**
   * Fits the components.
   *
   * @param independent independent observations behind the covariance
   * @param wandered sum of each channel's squared changes
   * @param wanderMillis by which that sum is divided for the growth of variance per millisecond; 0
   *     for none
   * @return false when no channel moved
   */
  boolean fit(Covariance covariance, double independent, double[] wandered, double wanderMillis) {
    reset();
    int[] moving = new int[channels];
    for (int i = 0; i < channels; i++) {
      double deviation = Math.sqrt(covariance.of(i, i));
      // Rounding errors of a constant channel are no movement.
      if (deviation > 1e-12 * Math.abs(covariance.mean(i)) && deviation > 0) {
        deviations[i] = deviation;
        moving[components++] = i;
      }
    }
    if (components == 0) {
      return false;
    }
    this.independent = Math.max(independent, components + 2);
    double kept = this.independent / (this.independent + components);
    double[][] correlations = new double[components][components];
    for (int a = 0; a < components; a++) {
      for (int b = 0; b < components; b++) {
        int i = moving[a];
        int j = moving[b];
        correlations[a][b] =
            a == b ? 1 : kept * covariance.of(i, j) / (deviations[i] * deviations[j]);
      }
    }
    EigenDecomposition found =
        new EigenDecomposition(new Array2DRowRealMatrix(correlations, false));
    double explained = 0;
    for (int c = 0; c < components; c++) {
      eigenvalues[c] = found.getRealEigenvalue(c);
      principal += explained < EXPLAINED * components ? 1 : 0;
      explained += eigenvalues[c];
      for (int a = 0; a < components; a++) {
        int i = moving[a];
        double direction = found.getEigenvector(c).getEntry(a);
        directions[c * channels + i] = direction;
        if (wanderMillis > 0) {
          double growth = wandered[i] / wanderMillis / (deviations[i] * deviations[i]);
          growths[c] += direction * direction * growth;
        }
      }
    }
    return true;
  }

  /** Turns to a vector: its distance from the location, in the channels' units. */
  void look(double[] distance) {
    for (int i = 0; i < channels; i++) {
      standardised[i] = deviations[i] > 0 ? distance[i] / deviations[i] : 0;
    }
    for (int c = 0; c < components; c++) {
      double score = 0;
      for (int i = 0; i < channels; i++) {
        score += directions[c * channels + i] * standardised[i];
      }
      scores[c] = score;
    }
  }

  /** T² of the first components. */
  double squared(int upTo, long ageMillis, double varianceRatio) {
    double sum = 0;
    for (int c = 0; c < upTo; c++) {
      sum += scores[c] * scores[c] / variance(c, ageMillis, varianceRatio);
    }
    return sum;
  }

  /** Q of the last components, in units of what their variances have grown by. */
  double residual(long ageMillis, double varianceRatio) {
    double sum = 0;
    double now = 0;
    double learned = 0;
    for (int c = principal; c < components; c++) {
      sum += scores[c] * scores[c];
      now += variance(c, ageMillis, varianceRatio);
      learned += eigenvalues[c];
    }
    return now == 0 ? 0 : sum * learned / now;
  }

  private double variance(int c, long ageMillis, double varianceRatio) {
    return eigenvalues[c] * varianceRatio + growths[c] * ageMillis;
  }

  /**
   * The channel with the largest share in a sum of squared components: that without which the sum
   * over them would be smallest to first order (contribution plots: Miller, Swanson and Heckler,
   * 1998).
   */
  int leading(int from, int upTo, boolean standardise, long ageMillis, double varianceRatio) {
    Arrays.fill(shares, 0);
    for (int c = from; c < upTo; c++) {
      double weight = scores[c] / (standardise ? variance(c, ageMillis, varianceRatio) : 1);
      for (int i = 0; i < channels; i++) {
        shares[i] += weight * directions[c * channels + i] * standardised[i];
      }
    }
    int leading = 0;
    for (int i = 1; i < channels; i++) {
      leading = shares[i] > shares[leading] ? i : leading;
    }
    return leading;
  }

  int components() {
    return components;
  }

  /** Components that together explain most of the variance. */
  int principal() {
    return principal;
  }

  double independent() {
    return independent;
  }

  double eigenvalue(int c) {
    return eigenvalues[c];
  }

  void reset() {
    Arrays.fill(deviations, 0);
    Arrays.fill(directions, 0);
    Arrays.fill(eigenvalues, 0);
    Arrays.fill(growths, 0);
    components = 0;
    principal = 0;
    independent = 0;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(components);
    out.writeByte(principal);
    out.writeDouble(independent);
    Covariance.writeAll(deviations, out);
    for (int c = 0; c < components; c++) {
      out.writeDouble(eigenvalues[c]);
      out.writeDouble(growths[c]);
      for (int i = 0; i < channels; i++) {
        out.writeDouble(directions[c * channels + i]);
      }
    }
  }

  void read(DataInputView in) throws IOException {
    reset();
    components = in.readUnsignedByte();
    principal = in.readUnsignedByte();
    independent = in.readDouble();
    Covariance.readAll(deviations, in);
    for (int c = 0; c < components; c++) {
      eigenvalues[c] = in.readDouble();
      growths[c] = in.readDouble();
      for (int i = 0; i < channels; i++) {
        directions[c * channels + i] = in.readDouble();
      }
    }
  }
}
