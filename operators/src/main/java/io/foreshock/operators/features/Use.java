package io.foreshock.operators.features;

import io.foreshock.operators.features.definition.SessionSource;
import io.foreshock.operators.sessions.SessionRule;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What readings of a channel are used for in one series.
 *
 * @param place of the series
 * @param sessions whether the series is about sessions
 * @param runsAbove a greater value shows the asset running; NaN of a channel that does not
 * @param measured whether its integral over sessions is wanted
 */
record Use(int place, boolean sessions, double runsAbove, boolean measured) {

  /** The values themselves. */
  static Use reading(int place) {
    return new Use(place, false, Double.NaN, false);
  }

  /** Channels that sessions look at. */
  static Set<String> channels(SessionSource source) {
    Set<String> channels = new LinkedHashSet<>();
    source.running().forEach(condition -> channels.add(condition.channel()));
    if (!source.measure().isEmpty()) {
      channels.add(source.measure());
    }
    return channels;
  }

  /** What sessions use one of their channels for. */
  static Use ofSessions(int place, String channel, SessionSource source) {
    double above = Double.NaN;
    for (SessionRule.Running condition : source.running()) {
      if (condition.channel().equals(channel)) {
        above = Double.isNaN(above) ? condition.above() : Math.min(above, condition.above());
      }
    }
    return new Use(place, true, above, channel.equals(source.measure()));
  }

  /** Adds a reading to a finest slice. */
  void add(long millis, double value, SliceStats slice) {
    if (sessions) {
      slice.addOfSessions(millis, value, value > runsAbove, measured);
    } else {
      slice.add(millis, value);
    }
  }
}
