package io.foreshock.backtest.score;

import java.util.List;

/**
 * What happened on one asset, counted. The unit that the bootstrap draws.
 *
 * @param asset id of the asset
 * @param alarms alarms that counted
 * @param trueAlarms of these, alarms followed by a failure within the horizon
 * @param failures failures that counted
 * @param leadHours of these, for each that was found, hours from the first alarm within the horizon
 * @param watchedHours hours in which the asset was watched
 */
public record Tally(
    String asset,
    int alarms,
    int trueAlarms,
    int failures,
    List<Double> leadHours,
    double watchedHours) {
  public Tally {
    leadHours = List.copyOf(leadHours);
  }
}
