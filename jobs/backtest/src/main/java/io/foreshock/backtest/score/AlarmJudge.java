package io.foreshock.backtest.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares alarms with failures.
 *
 * <p>After an accepted alarm its asset and component are silent for {@link Protocol#silence}; an
 * alarm at a time that was not watched is not accepted, and silences nothing. An alarm at t is true
 * when that component of that asset fails in (t, t + horizon]. Lead time is the failure minus the
 * first accepted alarm inside the horizon.
 */
public final class AlarmJudge {
  private static final TreeSet<Long> NONE = new TreeSet<>();

  private final Protocol protocol;
  private final JudgedHistory history;
  private final Map<Key, TreeSet<Long>> failureTimes;

  private record Key(String asset, String component) {
    static Key of(ComponentEvent event) {
      return new Key(event.asset(), event.component());
    }
  }

  /**
   * Recall that does not ask whether the time before a failure was watched without gaps.
   *
   * @param failures see {@link JudgedHistory#seenFailures()}
   * @param found of these, failures with an alarm within the horizon before
   */
  public record Found(int failures, int found) {
    /** Share of found failures; NaN without failures. */
    public double recall() {
      return failures == 0 ? Double.NaN : found / (double) failures;
    }
  }

  public AlarmJudge(Protocol protocol, JudgedHistory history) {
    this.protocol = protocol;
    this.history = history;
    this.failureTimes = times(history.knownFailures());
  }

  Protocol protocol() {
    return protocol;
  }

  JudgedHistory history() {
    return history;
  }

  /** The alarms that are neither silenced nor outside of what was watched, by time. */
  public List<Verdict> judge(Collection<ComponentEvent> alarms) {
    Map<Key, Long> last = new HashMap<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (ComponentEvent alarm : alarms.stream().sorted().toList()) {
      if (!history.watches(alarm)) {
        continue;
      }
      Key key = Key.of(alarm);
      Long previous = last.get(key);
      if (previous == null || alarm.millis() - previous >= protocol.silenceMillis()) {
        last.put(key, alarm.millis());
        verdicts.add(new Verdict(alarm, failureAfter(alarm)));
      }
    }
    return verdicts;
  }

  /** Everything together. */
  public Score score(List<Verdict> verdicts) {
    return Score.of(tallies(verdicts, null));
  }

  /**
   * What happened on each asset, in the order of their ids; an asset without alarms and failures is
   * there, too.
   *
   * @param component component to look at alone; null for all together
   */
  public List<Tally> tallies(List<Verdict> verdicts, String component) {
    Map<String, int[]> counts = new HashMap<>();
    Map<String, List<Double>> leads = new HashMap<>();
    for (Verdict verdict : verdicts) {
      if (component == null || component.equals(verdict.alarm().component())) {
        int[] count = counts.computeIfAbsent(verdict.alarm().asset(), a -> new int[3]);
        count[0]++;
        count[1] += verdict.isTrue() ? 1 : 0;
      }
    }
    Map<Key, TreeSet<Long>> accepted = accepted(verdicts);
    for (ComponentEvent failure : history.failures()) {
      if (component == null || component.equals(failure.component())) {
        counts.computeIfAbsent(failure.asset(), a -> new int[3])[2]++;
        double lead = leadHours(failure, accepted);
        if (!Double.isNaN(lead)) {
          leads.computeIfAbsent(failure.asset(), a -> new ArrayList<>()).add(lead);
        }
      }
    }
    List<Tally> tallies = new ArrayList<>();
    history
        .watched()
        .forEach(
            (asset, watched) -> {
              int[] count = counts.getOrDefault(asset, new int[3]);
              List<Double> found = leads.getOrDefault(asset, List.of());
              tallies.add(new Tally(asset, count[0], count[1], count[2], found, watched.hours()));
            });
    return tallies;
  }

  /** Of all failures that were seen, gaps or not, how many the alarms foretold. */
  public Found found(List<Verdict> verdicts) {
    Map<Key, TreeSet<Long>> accepted = accepted(verdicts);
    int found = 0;
    for (ComponentEvent failure : history.seenFailures()) {
      found += Double.isNaN(leadHours(failure, accepted)) ? 0 : 1;
    }
    return new Found(history.seenFailures().size(), found);
  }

  /** Failures that counted and that no alarm foretold, by time. */
  public List<ComponentEvent> missed(List<Verdict> verdicts) {
    Map<Key, TreeSet<Long>> accepted = accepted(verdicts);
    return history.failures().stream()
        .filter(failure -> Double.isNaN(leadHours(failure, accepted)))
        .sorted()
        .toList();
  }

  /** NaN when no alarm foretold the failure. */
  private double leadHours(ComponentEvent failure, Map<Key, TreeSet<Long>> accepted) {
    Long first =
        accepted
            .getOrDefault(Key.of(failure), NONE)
            .ceiling(failure.millis() - protocol.horizonMillis());
    return first != null && first < failure.millis()
        ? (failure.millis() - first) / (double) Score.HOUR_MILLIS
        : Double.NaN;
  }

  private long failureAfter(ComponentEvent alarm) {
    Long next = failureTimes.getOrDefault(Key.of(alarm), NONE).higher(alarm.millis());
    return next != null && next <= alarm.millis() + protocol.horizonMillis()
        ? next
        : Verdict.NOTHING;
  }

  private static Map<Key, TreeSet<Long>> accepted(List<Verdict> verdicts) {
    return times(verdicts.stream().map(Verdict::alarm).toList());
  }

  private static Map<Key, TreeSet<Long>> times(Collection<ComponentEvent> events) {
    Map<Key, TreeSet<Long>> times = new HashMap<>();
    events.forEach(
        event -> times.computeIfAbsent(Key.of(event), k -> new TreeSet<>()).add(event.millis()));
    return times;
  }
}
