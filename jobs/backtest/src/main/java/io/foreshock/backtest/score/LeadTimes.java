package io.foreshock.backtest.score;

import java.util.ArrayList;
import java.util.List;

/**
 * How the lead times of found failures spread.
 *
 * @param quantiles lead time in hours at {@link #PROBABILITIES}; NaN when nothing was found
 * @param histogram how many failures were found with each lead time, shortest first; the bins
 *     divide the horizon into equal parts and are complete
 */
public record LeadTimes(List<Double> quantiles, List<Bin> histogram) {
  /** Shares of found failures whose lead time is at most the quantile. */
  public static final List<Double> PROBABILITIES = List.of(0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0);

  private static final int BINS = 12;

  /**
   * Failures with a lead time above {@code fromHours}, up to and with {@code toHours}: a lead time
   * of nothing does not exist, one of the whole horizon does.
   */
  public record Bin(double fromHours, double toHours, int failures) {}

  public LeadTimes {
    quantiles = List.copyOf(quantiles);
    histogram = List.copyOf(histogram);
  }

  static LeadTimes of(Score score, Protocol protocol) {
    double width = protocol.horizonHours() / BINS;
    int[] counts = new int[BINS];
    for (double lead : score.leadHours()) {
      int bin = (int) Math.ceil(lead / width) - 1;
      counts[Math.max(0, Math.min(BINS - 1, bin))]++;
    }
    List<Bin> histogram = new ArrayList<>(BINS);
    for (int i = 0; i < BINS; i++) {
      histogram.add(new Bin(i * width, (i + 1) * width, counts[i]));
    }
    return new LeadTimes(
        PROBABILITIES.stream().map(p -> Quantiles.of(score.leadHours(), p)).toList(), histogram);
  }
}
