package io.foreshock.backtest.history.mapping;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * How the time of a row is written.
 *
 * @param columns whose texts, joined by a blank, are the time
 * @param notation how it is written
 * @param format for {@link Notation#PATTERN}; null otherwise
 * @param zone of times that state no offset; null when none is needed
 * @param repeated what a local time means that comes twice, when clocks are set back
 * @param skipped what a local time means that never is, when clocks are set forward
 */
public record TimeColumns(
    List<String> columns,
    Notation notation,
    DateTimeFormatter format,
    ZoneId zone,
    Repeated repeated,
    Skipped skipped) {

  /** Ways to write a time. */
  public enum Notation {
    /** ISO 8601, with or without offset, with T or a blank between date and time. */
    ISO,
    /** Seconds since 1970 (UTC), fractions allowed. */
    EPOCH_S,
    /** Milliseconds since 1970 (UTC). */
    EPOCH_MS,
    /** As a pattern says. */
    PATTERN
  }

  /** A local time that comes twice: the hour in which clocks are set back. */
  public enum Repeated {
    /**
     * The first pass, unless the asset's row before is at that moment or up to two passes later:
     * then the second. Right for rows in the order of time, whatever the order of files.
     */
    IN_ORDER,
    /** The first pass: daylight saving time. */
    FIRST,
    /** The second pass: standard time. */
    SECOND,
    /** The row is bad. */
    REFUSE
  }

  /** A local time that never is: the hour that clocks skip. */
  public enum Skipped {
    /** The row is bad. */
    REFUSE,
    /** Moved forward by the length of the gap, as a clock that was not set would have meant. */
    SHIFT
  }
}
