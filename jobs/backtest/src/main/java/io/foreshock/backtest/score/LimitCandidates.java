package io.foreshock.backtest.score;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * Limits worth trying on one channel: quantiles of a uniform sample of its readings (reservoir of
 * {@value #SAMPLE}; Vitter 1985, algorithm R), closer together the further out.
 *
 * <p>A tenth of the readings lie beyond the innermost limit, none beyond the outermost.
 */
final class LimitCandidates {
  static final int SAMPLE = 20_000;
  private static final int LIMITS = 24;
  private static final double INNERMOST = 0.1;
  private static final double OUTERMOST = 0.5 / SAMPLE;

  private final double[] sample = new double[SAMPLE];
  private final SplittableRandom random;
  private long seen;

  LimitCandidates(long seed) {
    random = new SplittableRandom(seed);
  }

  void add(double value) {
    if (Double.isNaN(value)) {
      return;
    }
    if (seen < SAMPLE) {
      sample[(int) seen] = value;
    } else {
      long place = random.nextLong(seen + 1);
      if (place < SAMPLE) {
        sample[(int) place] = value;
      }
    }
    seen++;
  }

  /** Upper limits from the innermost to the outermost, each once. */
  double[] above() {
    return limits(false);
  }

  /** Lower limits likewise. */
  double[] below() {
    return limits(true);
  }

  private double[] limits(boolean below) {
    int size = (int) Math.min(seen, SAMPLE);
    double[] ascending = Arrays.copyOf(sample, size);
    Arrays.sort(ascending);
    double ratio = Math.pow(OUTERMOST / INNERMOST, 1.0 / (LIMITS - 1));
    return DoubleStream.iterate(INNERMOST, tail -> tail * ratio)
        .limit(LIMITS)
        .map(tail -> Quantiles.of(ascending, size, below ? tail : 1 - tail))
        .filter(limit -> !Double.isNaN(limit))
        .distinct()
        .toArray();
  }
}
