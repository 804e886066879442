package io.foreshock.cli.demo;

import io.foreshock.model.Detection;
import io.foreshock.model.OperatingStateChange.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What the demo looks like at one moment; knows nothing of the truth.
 *
 * @param elapsedSeconds since the first message
 * @param simulatedMillis simulated clock
 * @param messages sent so far
 * @param readings in these messages
 * @param latencyMicros of the detections so far
 * @param figures of the job
 * @param health machines by health
 * @param newest latest detections, newest first
 * @param products trips, operations and features so far; null when their jobs are left out
 */
record DemoState(
    double elapsedSeconds,
    long simulatedMillis,
    long messages,
    long readings,
    Histogram latencyMicros,
    DemoInstallation.JobFigures figures,
    Health health,
    List<SeenDetection> newest,
    Products products) {

  /**
   * Machines by what is known of them.
   *
   * @param healthy nothing reported
   * @param watch worst report is of severity watch
   * @param warning worst report is of severity warning
   * @param critical worst report is of severity critical
   * @param stopped said that it stands still because of a fault
   */
  record Health(int healthy, int watch, int warning, int critical, int stopped) {

    /** Reports count for the time in which the failure is expected, a day at least. */
    static Health of(
        int assets, List<SeenDetection> seen, Map<String, State> states, long simulatedMillis) {
      Map<String, Detection.Severity> worst = new HashMap<>();
      for (SeenDetection one : seen) {
        Detection detection = one.detection();
        long until =
            detection.eventTimeMillis() + Math.max(24 * 3_600_000L, detection.horizonMillis());
        if (until > simulatedMillis && !detection.backlog()) {
          worst.merge(
              detection.asset().key(), detection.severity(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
      }
      int stopped = 0;
      for (Map.Entry<String, State> state : states.entrySet()) {
        if (state.getValue() == State.FAULT) {
          worst.remove(state.getKey());
          stopped++;
        }
      }
      int[] bySeverity = new int[Detection.Severity.values().length];
      worst.values().forEach(severity -> bySeverity[severity.ordinal()]++);
      return new Health(
          assets - worst.size() - stopped,
          bySeverity[Detection.Severity.WATCH.ordinal()],
          bySeverity[Detection.Severity.WARNING.ordinal()],
          bySeverity[Detection.Severity.CRITICAL.ordinal()],
          stopped);
    }
  }

  /** The newest of what was seen, newest first. */
  static List<SeenDetection> newest(List<SeenDetection> seen, int most) {
    List<SeenDetection> newest = new ArrayList<>();
    for (int i = seen.size() - 1; i >= 0 && newest.size() < most; i--) {
      newest.add(seen.get(i));
    }
    return newest;
  }

  long messagesPerSecond() {
    return elapsedSeconds < 1 ? 0 : Math.round(messages / elapsedSeconds);
  }

  long readingsPerSecond() {
    return elapsedSeconds < 1 ? 0 : Math.round(readings / elapsedSeconds);
  }
}
