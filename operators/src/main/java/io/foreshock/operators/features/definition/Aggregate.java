package io.foreshock.operators.features.definition;

import java.io.Serializable;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is computed of the values in a window.
 *
 * @param kind the computation
 * @param parameter percentage of {@link Kind#PERCENTILE}, above 0 and below 100; limit of {@link
 *     Kind#TIME_ABOVE} and {@link Kind#TIME_BELOW}, in the channel's unit; NaN of all others
 * @param gap longest time between two readings that counts as observed, for {@link
 *     Kind#TIME_ABOVE}, {@link Kind#TIME_BELOW} and {@link Kind#ENERGY}; zero of all others
 */
public record Aggregate(Kind kind, double parameter, Duration gap) implements Serializable {

  /** Computations. */
  public enum Kind {
    /** Number of readings or events; 0 when there is none. */
    COUNT,
    /** Arithmetic mean of the readings, each with the same weight. */
    MEAN,
    MIN,
    MAX,
    /** Standard deviation of the sample (n - 1); absent with fewer than two readings. */
    STD,
    /** Slope of the least-squares line, per hour; absent with fewer than two times. */
    SLOPE,
    /** A percentile, within 0.8 % of its value. */
    PERCENTILE,
    /** Seconds above a limit, see {@link Aggregate#gap}. */
    TIME_ABOVE,
    /** Seconds below a limit. */
    TIME_BELOW,
    /** Integral over time, in unit times hours: kWh of kW. */
    ENERGY,
    /** Events per day of the window. */
    RATE,
    /** Hours since a component was last repaired or replaced; absent when it never was. */
    TIME_SINCE,
    /** Starts of the machine since then; absent when it never was. */
    CYCLES_SINCE,
    /** Sessions that are over. */
    ENDED,
    /** Sessions per day of the window, an open one included. */
    STARTS_PER_DAY,
    /** Seconds in sessions that are over. */
    TOTAL_DURATION,
    /** Seconds of a session that is over, on average; absent without one. */
    MEAN_DURATION,
    /** Seconds of the longest session that is over; absent without one. */
    MAX_DURATION,
    /** Integral over sessions that are over, in unit times hours. */
    TOTAL_ENERGY,
    /** The same for one session, on average; absent without one. */
    MEAN_ENERGY,
    /** Hours since the asset was last seen running; absent when it was not in the window. */
    TIME_SINCE_LAST,
    /** Other machines that were compared. */
    PEERS,
    /** How far from the median of the fleet, in robust standard deviations; 0 at the median. */
    DEVIATION,
    /** Median of the machines that were compared, this one included. */
    FLEET_MEDIAN,
    /** Median distance from it times 1.4826: the standard deviation where values are normal. */
    FLEET_SPREAD
  }

  private static final Set<Kind> OF_SESSIONS = EnumSet.range(Kind.ENDED, Kind.TIME_SINCE_LAST);

  private static final Set<Kind> OVER_TIME = Set.of(Kind.TIME_ABOVE, Kind.TIME_BELOW, Kind.ENERGY);

  /** Whether the value depends on how long readings stand. */
  public boolean isOverTime() {
    return OVER_TIME.contains(kind);
  }

  /** Whether it is computed of sessions. */
  public boolean isOfSessions() {
    return OF_SESSIONS.contains(kind);
  }

  /** Whether it is computed of a window. */
  public boolean hasWindow() {
    return kind != Kind.TIME_SINCE && kind != Kind.CYCLES_SINCE;
  }
}
