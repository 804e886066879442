package io.foreshock.backtest.data.skab;

import java.util.List;

/**
 * Score of change points in the manner of the Numenta Anomaly Benchmark (Lavin and Ahmad, ICMLA
 * 2015), as the set's leaderboard counts it: a window of 30 s centred on each change point, cut
 * where it would reach into the one before; the first change found in a window scores from 1 at its
 * beginning to -0.11 at its end along a hyperbolic tangent, one found outside -0.11, a window
 * without one -1 (standard profile). 0 is a detector that says nothing, 100 a perfect one.
 *
 * @param points change points
 * @param found windows with one found
 * @param falseOnes found outside of every window
 * @param score before it is put on the scale
 */
record ChangeScore(int points, int found, int falseOnes, double score) {
  static final ChangeScore NONE = new ChangeScore(0, 0, 0, 0);

  private static final long HALF_WINDOW_MILLIS = 15_000;
  private static final double FALSE_ONE = -0.11;

  /** Scores one file. Both lists are in order. */
  static ChangeScore of(List<Long> truth, List<Long> changes) {
    boolean[] inside = new boolean[changes.size()];
    double score = 0;
    int found = 0;
    long end = Long.MIN_VALUE;
    for (long point : truth) {
      long begin = Math.max(point - HALF_WINDOW_MILLIS, end);
      end = point + HALF_WINDOW_MILLIS;
      int first = -1;
      for (int i = 0; i < inside.length; i++) {
        if (changes.get(i) >= begin && changes.get(i) <= end) {
          inside[i] = true;
          first = first < 0 ? i : first;
        }
      }
      found += first < 0 ? 0 : 1;
      score += first < 0 ? -1 : at((changes.get(first) - begin) / (double) (end - begin));
    }
    int falseOnes = 0;
    for (boolean in : inside) {
      falseOnes += in ? 0 : 1;
    }
    return new ChangeScore(truth.size(), found, falseOnes, score + FALSE_ONE * falseOnes);
  }

  /** Score of a change found in a window, by where: 0 at its beginning, 1 at its end. */
  private static double at(double place) {
    double half = (1 - FALSE_ONE) / 2;
    double x = Math.PI * (place - 0.5);
    return FALSE_ONE + half - half * Math.tanh(x) / Math.tanh(Math.PI / 2);
  }

  ChangeScore plus(ChangeScore other) {
    return new ChangeScore(
        points + other.points,
        found + other.found,
        falseOnes + other.falseOnes,
        score + other.score);
  }

  double scaled() {
    return 100 * (score + points) / (2 * points);
  }
}
