package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Intervals.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Intervals for figures: draws as many assets as there are, with replacement, again and again, and
 * looks between which values the middle of the results lies (percentile bootstrap; Efron and
 * Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3).
 *
 * <p>Assets are drawn and not alarms or failures, because what happens on one machine goes
 * together. A draw in which a figure does not exist (no alarm, no failure) says nothing about it.
 *
 * @param draws at least 1
 * @param level share of draws between the ends, between 0 and 1
 * @param seed the same tallies and seed give the same intervals
 */
public record Bootstrap(int draws, double level, long seed) {
  /** 2,000 draws, 95 %. */
  public static final Bootstrap DEFAULT = new Bootstrap(2_000, 0.95, 2015);

  public Bootstrap {
    if (draws < 1 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "A bootstrap needs draws and a level between 0 and 1, but has %d and %s."
              .formatted(draws, level));
    }
  }

  /** Intervals of the sum of these tallies. */
  public Intervals intervals(List<Tally> tallies) {
    Drawn precision = new Drawn();
    Drawn recall = new Drawn();
    Drawn f1 = new Drawn();
    Drawn lead = new Drawn();
    Drawn falseAlarms = new Drawn();
    if (tallies.size() > 1) {
      Tally[] assets = tallies.toArray(new Tally[0]);
      double[][] leads = new double[assets.length][];
      int most = 0;
      for (int i = 0; i < assets.length; i++) {
        leads[i] = assets[i].leadHours().stream().mapToDouble(d -> d).toArray();
        most = Math.max(most, leads[i].length);
      }
      double[] all = new double[most * assets.length];
      SplittableRandom random = new SplittableRandom(seed);
      for (int draw = 0; draw < draws; draw++) {
        int alarms = 0;
        int trueAlarms = 0;
        int failures = 0;
        int found = 0;
        double hours = 0;
        for (int i = 0; i < assets.length; i++) {
          int one = random.nextInt(assets.length);
          Tally tally = assets[one];
          alarms += tally.alarms();
          trueAlarms += tally.trueAlarms();
          failures += tally.failures();
          hours += tally.watchedHours();
          System.arraycopy(leads[one], 0, all, found, leads[one].length);
          found += leads[one].length;
        }
        Arrays.sort(all, 0, found);
        precision.add(alarms == 0 ? Double.NaN : trueAlarms / (double) alarms);
        recall.add(failures == 0 ? Double.NaN : found / (double) failures);
        f1.add(Score.f1(alarms, trueAlarms, failures, found));
        lead.add(Quantiles.of(all, found, 0.5));
        falseAlarms.add(
            hours == 0 ? Double.NaN : (alarms - trueAlarms) / (hours / Score.HOURS_PER_MONTH));
      }
    }
    return new Intervals(
        level,
        tallies.size(),
        draws,
        seed,
        precision.interval(),
        recall.interval(),
        f1.interval(),
        lead.interval(),
        falseAlarms.interval());
  }

  /** The values that one figure took. */
  private final class Drawn {
    private final double[] values = new double[draws];
    private int size;

    void add(double value) {
      if (!Double.isNaN(value)) {
        values[size++] = value;
      }
    }

    Interval interval() {
      if (size == 0) {
        return Interval.UNKNOWN;
      }
      Arrays.sort(values, 0, size);
      double tail = (1 - level) / 2;
      return new Interval(
          Quantiles.of(values, size, tail), Quantiles.of(values, size, 1 - tail), size);
    }
  }
}
