package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Baselines.RandomAlarms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What chance would have done: each asset and component keeps the number of its alarms, but they
 * come at random watched times.
 *
 * <p>The silence after an alarm is kept: an alarm that falls into the silence of another is drawn
 * again, at most {@value #TRIES} times, and left out then. So the rate is the same, unless the
 * alarms hardly fit into the time that was watched.
 *
 * @param draws at least 1
 * @param seed the draws of an asset and component depend on it and on their names alone
 */
record RandomBaseline(int draws, long seed) {
  static final RandomBaseline DEFAULT = new RandomBaseline(500, 48);

  private static final int TRIES = 50;

  /**
   * @param history of the assets wanted
   * @param verdicts alarms that the patterns raised on them
   */
  RandomAlarms expect(AlarmJudge judge, List<Verdict> verdicts) {
    JudgedHistory history = judge.history();
    Map<String, Map<String, Integer>> rates = new TreeMap<>();
    for (Verdict verdict : verdicts) {
      rates
          .computeIfAbsent(verdict.alarm().asset(), a -> new TreeMap<>())
          .merge(verdict.alarm().component(), 1, Integer::sum);
    }
    Totals totals = new Totals(draws);
    rates.forEach(
        (asset, components) ->
            components.forEach(
                (component, alarms) -> {
                  WatchedTime watched = history.watched().get(asset);
                  if (watched != null && watched.totalMillis() > 0) {
                    new Place(judge.protocol(), history, asset, component).draw(alarms, totals);
                  }
                }));
    double hours = history.watched().values().stream().mapToDouble(WatchedTime::hours).sum();
    return totals.means(history.failures().size(), hours);
  }

  /** Sums of each draw over the assets and components. */
  private final class Totals {
    private final int[] alarms;
    private final int[] trueAlarms;
    private final List<List<Double>> leads = new ArrayList<>();

    Totals(int draws) {
      alarms = new int[draws];
      trueAlarms = new int[draws];
      for (int i = 0; i < draws; i++) {
        leads.add(new ArrayList<>(0));
      }
    }

    RandomAlarms means(int failures, double hours) {
      Mean precision = new Mean();
      Mean recall = new Mean();
      Mean f1 = new Mean();
      Mean median = new Mean();
      Mean falseAlarms = new Mean();
      for (int i = 0; i < draws; i++) {
        List<Double> found = leads.get(i);
        found.sort(null);
        Score score = new Score(0, alarms[i], trueAlarms[i], failures, found.size(), found, hours);
        precision.add(score.precision());
        recall.add(score.recall());
        f1.add(score.f1());
        median.add(score.leadHoursMedian());
        falseAlarms.add(score.falseAlarmsPerMachineMonth());
      }
      return new RandomAlarms(
          draws,
          seed,
          Arrays.stream(alarms).average().orElse(0),
          Arrays.stream(trueAlarms).average().orElse(0),
          failures,
          leads.stream().mapToInt(List::size).average().orElse(0),
          precision.value(),
          recall.value(),
          f1.value(),
          median.value(),
          falseAlarms.value());
    }
  }

  /** One component of one asset. */
  private final class Place {
    private final Protocol protocol;
    private final WatchedTime watched;
    private final long[] failures;
    private final long[] known;
    private final SplittableRandom random;

    Place(Protocol protocol, JudgedHistory history, String asset, String component) {
      this.protocol = protocol;
      watched = history.watched().get(asset);
      failures = times(history.failures(), asset, component);
      known = times(history.knownFailures(), asset, component);
      random = new SplittableRandom(seed * 31 * 31 + asset.hashCode() * 31L + component.hashCode());
    }

    void draw(int rate, Totals totals) {
      long[] alarms = new long[rate];
      for (int draw = 0; draw < draws; draw++) {
        int placed = 0;
        for (int i = 0; i < rate; i++) {
          placed += place(alarms, placed) ? 1 : 0;
        }
        Arrays.sort(alarms, 0, placed);
        totals.alarms[draw] += placed;
        for (int i = 0; i < placed; i++) {
          totals.trueAlarms[draw] += isTrue(alarms[i]) ? 1 : 0;
        }
        for (long failure : failures) {
          int first = firstFrom(alarms, placed, failure - protocol.horizonMillis());
          if (first < placed && alarms[first] < failure) {
            totals.leads.get(draw).add((failure - alarms[first]) / (double) Score.HOUR_MILLIS);
          }
        }
      }
    }

    private boolean place(long[] alarms, int placed) {
      for (int tries = 0; tries < TRIES; tries++) {
        long time = watched.after(random.nextLong(watched.totalMillis()));
        boolean free = true;
        for (int i = 0; i < placed && free; i++) {
          free = Math.abs(alarms[i] - time) >= protocol.silenceMillis();
        }
        if (free) {
          alarms[placed] = time;
          return true;
        }
      }
      return false;
    }

    private boolean isTrue(long alarm) {
      int next = firstFrom(known, known.length, alarm + 1);
      return next < known.length && known[next] <= alarm + protocol.horizonMillis();
    }
  }

  private static int firstFrom(long[] ascending, int size, long from) {
    int found = Arrays.binarySearch(ascending, 0, size, from);
    return found >= 0 ? found : -found - 1;
  }

  private static long[] times(List<ComponentEvent> events, String asset, String component) {
    return events.stream()
        .filter(e -> e.asset().equals(asset) && e.component().equals(component))
        .mapToLong(ComponentEvent::millis)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Mean of the values that exist. */
  private static final class Mean {
    private double sum;
    private int count;

    void add(double value) {
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }

    double value() {
      return count == 0 ? Double.NaN : sum / count;
    }
  }
}
