package io.foreshock.backtest.score;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Histories, failures and alarms of tests; hours count from the first of March. */
final class Judged {
  static final long START = Instant.parse("2015-03-01T00:00:00Z").toEpochMilli();
  static final Bootstrap FEW_DRAWS = new Bootstrap(50, 0.95, 7);

  private Judged() {}

  static long at(double hour) {
    return START + Math.round(hour * Score.HOUR_MILLIS);
  }

  static ComponentEvent event(String asset, String component, double hour) {
    return new ComponentEvent(asset, component, at(hour));
  }

  /** Every asset is watched from hour 0 to the last hour, and every failure counts. */
  static JudgedHistory history(int hours, List<String> assets, ComponentEvent... failures) {
    SortedMap<String, WatchedTime> watched = new TreeMap<>();
    assets.forEach(asset -> watched.put(asset, WatchedTime.between(at(0), at(hours))));
    return JudgedHistory.of(watched, List.of(failures));
  }

  /** 48 h and 24 h, as in the scoring protocol. */
  static Protocol protocol() {
    return new Protocol(Duration.ofHours(48), Duration.ofHours(24));
  }
}
