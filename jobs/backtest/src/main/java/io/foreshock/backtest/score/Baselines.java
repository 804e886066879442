package io.foreshock.backtest.score;

import java.util.List;
import java.util.Optional;

/**
 * What the patterns are compared with, under the same protocol, so that nobody is impressed by
 * nothing.
 *
 * @param naive the simplest rule for the data, e.g. every code announces a failure; empty when
 *     there is none
 * @param threshold one fixed limit on one channel for each component; empty without readings
 * @param random alarms of the same number for each asset and component at random times
 */
public record Baselines(
    Optional<BySection<Measures>> naive,
    Optional<Thresholds> threshold,
    BySection<RandomAlarms> random) {

  /**
   * A figure for all assets and, with {@code --train} and {@code --test}, for each part.
   *
   * @param train null without a split
   * @param test null without a split
   */
  public record BySection<T>(T all, T train, T test) {}

  /**
   * The baseline "single threshold": a reading beyond the limit is an alarm.
   *
   * @param chosenOn on which assets the limits were chosen, in words
   * @param rules the rules that together are the baseline, one for each component that has any
   * @param channels the best rule of each channel, for whichever component
   * @param overall the rules together
   */
  public record Thresholds(
      String chosenOn, List<Rule> rules, List<Rule> channels, BySection<Measures> overall) {
    public Thresholds {
      rules = List.copyOf(rules);
      channels = List.copyOf(channels);
    }
  }

  /**
   * One limit.
   *
   * @param fold which of the choices it belongs to, from 0: without a split there are two, each
   *     judged on the assets that the other was chosen on
   * @param component component whose failure it announces
   * @param channel channel that it looks at
   * @param above true when a reading above the limit is an alarm, false for below
   * @param limit in the unit of the channel
   * @param chosen score on the assets it was chosen on
   * @param judged score on the others; empty when there are none
   */
  public record Rule(
      int fold,
      String component,
      String channel,
      boolean above,
      double limit,
      Score chosen,
      Optional<Score> judged) {}

  /**
   * What chance would have done: for each asset and component as many alarms as the patterns
   * raised, at random watched times. Means over the draws.
   *
   * @param leadHoursMedian mean over the draws in which a failure was found; NaN when none was
   */
  public record RandomAlarms(
      int draws,
      long seed,
      double alarms,
      double trueAlarms,
      int failures,
      double foundFailures,
      double precision,
      double recall,
      double f1,
      double leadHoursMedian,
      double falseAlarmsPerMachineMonth) {}
}
