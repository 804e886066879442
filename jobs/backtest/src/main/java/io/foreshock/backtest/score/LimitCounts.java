package io.foreshock.backtest.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each candidate limit of one channel and side would have done on each asset, for every
 * component at once: when the alarms come does not depend on the component, what they are worth
 * does. Counts while readings pass; keeps no reading.
 */
final class LimitCounts {
  private final Protocol protocol;
  private final Failures failures;
  private final double[] limits;
  private final double sign;
  private final Map<String, Counter[]> counters = new HashMap<>();

  /**
   * @param limits candidates, from the innermost to the outermost
   */
  LimitCounts(Protocol protocol, Failures failures, double[] limits, boolean above) {
    this.protocol = protocol;
    this.failures = failures;
    this.limits = limits;
    this.sign = above ? 1 : -1;
  }

  double[] limits() {
    return limits;
  }

  /** A reading at a time at which the asset is watched. */
  void add(String asset, long millis, double value) {
    if (limits.length == 0 || !(sign * value > sign * limits[0])) {
      return;
    }
    Counter[] ofAsset = counters.computeIfAbsent(asset, a -> new Counter[limits.length]);
    for (int i = 0; i < limits.length && sign * value > sign * limits[i]; i++) {
      if (ofAsset[i] == null) {
        ofAsset[i] = new Counter();
      }
      ofAsset[i].add(asset, millis);
    }
  }

  /** What candidate number {@code i} did on these assets, if its alarms are about a component. */
  List<Tally> tallies(int i, String component, List<String> assets) {
    List<Tally> tallies = new ArrayList<>(assets.size());
    for (String asset : assets) {
      Counter[] ofAsset = counters.get(asset);
      Counter counter = ofAsset == null ? null : ofAsset[i];
      Outcome outcome = counter == null ? null : counter.outcomes.get(component);
      tallies.add(
          new Tally(
              asset,
              counter == null ? 0 : counter.alarms,
              outcome == null ? 0 : outcome.trueAlarms,
              failures.counted(asset, component).length,
              outcome == null ? List.of() : outcome.leadHours,
              failures.history().watched().get(asset).hours()));
    }
    return tallies;
  }

  /** The alarms of one candidate on one asset. */
  private final class Counter {
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private long lastMillis;
    private int alarms;

    void add(String asset, long millis) {
      if (alarms > 0 && millis - lastMillis < protocol.silenceMillis()) {
        return;
      }
      lastMillis = millis;
      alarms++;
      for (String component : failures.components(asset)) {
        outcomes
            .computeIfAbsent(component, c -> new Outcome())
            .add(millis, failures.known(asset, component), failures.counted(asset, component));
      }
    }
  }

  /** What these alarms are worth for one component. */
  private final class Outcome {
    private final List<Double> leadHours = new ArrayList<>(0);
    private int trueAlarms;

    /** Failures that counted up to this one were found, or were over before the alarm. */
    private int next;

    void add(long alarm, long[] known, long[] counted) {
      long until = alarm + protocol.horizonMillis();
      int following = Failures.after(known, alarm);
      trueAlarms += following < known.length && known[following] <= until ? 1 : 0;
      int i = Math.max(next, Failures.after(counted, alarm));
      while (i < counted.length && counted[i] <= until) {
        leadHours.add((counted[i] - alarm) / (double) Score.HOUR_MILLIS);
        i++;
      }
      next = i;
    }
  }
}
