package io.foreshock.backtest.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which stretch of time a reading falls into. Half of a channel's points are for the whole
 * recording, half for a closer look at the time around alarms and failures.
 */
final class Stretches {
  /** A closer look begins this long before an alarm's first signal or a failure. */
  private static final long BEFORE_MILLIS = 48 * 3_600_000L;

  private static final long AFTER_MILLIS = 12 * 3_600_000L;

  private final long originMillis;
  private final long coarseMillis;
  private final long[] closeFrom;
  private final long[] closeTo;
  private final long fineMillis;

  private Stretches(long originMillis, long coarseMillis, List<Report.Span> close, long fine) {
    this.originMillis = originMillis;
    this.coarseMillis = coarseMillis;
    closeFrom = close.stream().mapToLong(Report.Span::fromMillis).toArray();
    closeTo = close.stream().mapToLong(Report.Span::toMillis).toArray();
    fineMillis = Math.min(fine, coarseMillis);
  }

  /**
   * @param watched when the machine was watched, in order
   * @param close where a closer look is worth its bytes, in order, not overlapping
   * @param points points that a channel may take
   */
  static Stretches of(List<Report.Span> watched, List<Report.Span> close, int points) {
    long origin = watched.isEmpty() ? 0 : watched.get(0).fromMillis();
    // A stretch gives two points at most, and half of the points are for closer looks.
    long coarse = length(watched) * 4 / points;
    long fine = length(close) * 4 / points;
    return new Stretches(origin, Math.max(1, coarse), close, Math.max(1, fine));
  }

  /** First instant of the stretch that the time falls into: the same for all of its readings. */
  long startOf(long timeMillis) {
    int low = 0;
    int high = closeFrom.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (timeMillis < closeFrom[middle]) {
        high = middle - 1;
      } else if (timeMillis >= closeTo[middle]) {
        low = middle + 1;
      } else {
        return timeMillis - Math.floorMod(timeMillis - closeFrom[middle], fineMillis);
      }
    }
    return timeMillis - Math.floorMod(timeMillis - originMillis, coarseMillis);
  }

  /** Length of a stretch far from alarms, in milliseconds. */
  long coarseMillis() {
    return coarseMillis;
  }

  /**
   * Of each machine, the time around its alarms and failures, in order, joined where it touches.
   */
  static Map<String, List<Report.Span>> closeLooks(Report report) {
    Map<String, List<Report.Span>> looks = new HashMap<>();
    for (Report.Failure failure : report.failures()) {
      add(looks, failure.machine(), failure.timeMillis(), failure.timeMillis());
    }
    for (Report.Alarm alarm : report.alarms()) {
      long at = alarm.detection().eventTimeMillis();
      long first =
          alarm.detection().evidence().stream()
              .flatMap(stage -> stage.signals().stream())
              .mapToLong(signal -> signal.eventTimeMillis())
              .min()
              .orElse(at);
      add(looks, alarm.detection().asset().assetId(), first, at);
    }
    looks.replaceAll((machine, spans) -> joined(spans));
    return looks;
  }

  private static void add(
      Map<String, List<Report.Span>> looks, String machine, long firstMillis, long lastMillis) {
    looks
        .computeIfAbsent(machine, m -> new ArrayList<>())
        .add(new Report.Span(firstMillis - BEFORE_MILLIS, lastMillis + AFTER_MILLIS));
  }

  private static List<Report.Span> joined(List<Report.Span> spans) {
    spans.sort(Comparator.comparingLong(Report.Span::fromMillis));
    List<Report.Span> result = new ArrayList<>();
    for (Report.Span span : spans) {
      int last = result.size() - 1;
      if (last >= 0 && span.fromMillis() <= result.get(last).toMillis()) {
        Report.Span before = result.get(last);
        result.set(
            last,
            new Report.Span(before.fromMillis(), Math.max(before.toMillis(), span.toMillis())));
      } else {
        result.add(span);
      }
    }
    return result;
  }

  private static long length(List<Report.Span> spans) {
    return spans.stream().mapToLong(span -> span.toMillis() - span.fromMillis()).sum();
  }
}
