package io.foreshock.backtest.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares alarms with failures.
 *
 * <p>After an accepted alarm its asset and component are silent for 24 hours; an alarm at a time
 * that was not watched is not accepted. An alarm at t is true when that component of that asset
 * fails in (t, t + 48 h]. Lead time is the failure minus the first alarm inside the horizon.
 */
public final class AlarmScoring {
  public static final long SILENCE_MILLIS = 24 * AssetHours.HOUR_MILLIS;
  public static final long HORIZON_MILLIS = Observation.HORIZON_HOURS * AssetHours.HOUR_MILLIS;

  private final Observation observation;
  private final Map<Key, TreeSet<Long>> failureTimes = new HashMap<>();

  private record Key(String asset, String component) {
    static Key of(ComponentEvent event) {
      return new Key(event.asset(), event.component());
    }
  }

  /**
   * An accepted alarm and what came of it.
   *
   * @param failureMillis time of the failure that followed within the horizon; 0 when none did
   */
  public record Verdict(ComponentEvent alarm, long failureMillis) {
    public boolean isTrue() {
      return failureMillis != 0;
    }

    public double leadHours() {
      return (failureMillis - alarm.millis()) / (double) AssetHours.HOUR_MILLIS;
    }
  }

  /**
   * Recall that does not ask whether the time before a failure was watched without gaps.
   *
   * @param failures see {@link Observation#allFailures()}
   * @param found of these, failures with an alarm within the horizon before
   */
  public record Found(int failures, int found) {
    /** Share of found failures; NaN without failures. */
    public double recall() {
      return failures == 0 ? Double.NaN : found / (double) failures;
    }
  }

  /**
   * @param observation what counts
   * @param allFailures every known failure: an alarm is true even when its failure does not count
   */
  public AlarmScoring(Observation observation, List<ComponentEvent> allFailures) {
    this.observation = observation;
    for (ComponentEvent failure : allFailures) {
      failureTimes.computeIfAbsent(Key.of(failure), k -> new TreeSet<>()).add(failure.millis());
    }
  }

  /** The alarms that are neither silenced nor outside of what was watched, by time. */
  public List<Verdict> judge(List<ComponentEvent> alarms) {
    Map<Key, Long> last = new HashMap<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (ComponentEvent alarm : alarms.stream().sorted().toList()) {
      if (!observation.watches(alarm)) {
        continue;
      }
      Long previous = last.get(Key.of(alarm));
      if (previous != null && alarm.millis() - previous < SILENCE_MILLIS) {
        continue;
      }
      last.put(Key.of(alarm), alarm.millis());
      verdicts.add(new Verdict(alarm, failureAfter(alarm)));
    }
    return verdicts;
  }

  /**
   * @param component component to score alone; null for all together
   */
  public Score score(List<Verdict> verdicts, String component) {
    int alarms = 0;
    int trueAlarms = 0;
    Map<Key, TreeSet<Long>> accepted = new HashMap<>();
    for (Verdict verdict : verdicts) {
      if (component == null || component.equals(verdict.alarm().component())) {
        alarms++;
        trueAlarms += verdict.isTrue() ? 1 : 0;
        accept(verdict, accepted);
      }
    }
    List<Double> leads = new ArrayList<>();
    int failures = find(observation.failures(), component, accepted, leads);
    leads.sort(null);
    return new Score(alarms, trueAlarms, failures, leads.size(), leads, observation.machineHours());
  }

  /** Of all failures with a day of readings, gaps or not, how many the alarms foretold. */
  public Found found(List<Verdict> verdicts) {
    Map<Key, TreeSet<Long>> accepted = new HashMap<>();
    verdicts.forEach(verdict -> accept(verdict, accepted));
    List<Double> leads = new ArrayList<>();
    int failures = find(observation.allFailures(), null, accepted, leads);
    return new Found(failures, leads.size());
  }

  private static void accept(Verdict verdict, Map<Key, TreeSet<Long>> accepted) {
    accepted
        .computeIfAbsent(Key.of(verdict.alarm()), k -> new TreeSet<>())
        .add(verdict.alarm().millis());
  }

  /** Adds the lead time of each failure that was found; returns how many were to be found. */
  private static int find(
      List<ComponentEvent> wanted,
      String component,
      Map<Key, TreeSet<Long>> accepted,
      List<Double> leads) {
    int failures = 0;
    for (ComponentEvent failure : wanted) {
      if (component == null || component.equals(failure.component())) {
        failures++;
        Long first =
            accepted
                .getOrDefault(Key.of(failure), new TreeSet<>())
                .ceiling(failure.millis() - HORIZON_MILLIS);
        if (first != null && first < failure.millis()) {
          leads.add((failure.millis() - first) / (double) AssetHours.HOUR_MILLIS);
        }
      }
    }
    return failures;
  }

  private long failureAfter(ComponentEvent alarm) {
    Long next = failureTimes.getOrDefault(Key.of(alarm), new TreeSet<>()).higher(alarm.millis());
    return next != null && next <= alarm.millis() + HORIZON_MILLIS ? next : 0;
  }
}
