package io.foreshock.backtest.history;

import io.foreshock.backtest.history.mapping.TimeColumns;
import io.foreshock.backtest.history.mapping.TimeColumns.Repeated;
import io.foreshock.backtest.history.mapping.TimeColumns.Skipped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Times of one table as moments, in milliseconds since 1970 (UTC).
 *
 * <p>A local time that comes twice or never is treated as {@link TimeColumns} says. Memory: one
 * number for each thing whose order is looked at.
 */
final class Times {
  static final String NOT_A_TIME = "not a time";
  static final String BEFORE_1970 = "time before 1970";
  static final String NO_ZONE = "time without zone";
  static final String SKIPPED = "time that clocks skipped";
  static final String REPEATED = "time that comes twice";

  private final TimeColumns rule;
  private final Map<String, Long> last = new HashMap<>();
  private long repeated;

  Times(TimeColumns rule) {
    this.rule = rule;
  }

  /** Local times that came twice and were told apart. */
  long repeated() {
    return repeated;
  }

  /**
   * @param cell as the table has it
   * @param of whose time it is: the order of rows counts for each apart
   */
  long millis(Object cell, String of) throws BadValue {
    long millis = moment(cell, of);
    if (millis < 0) {
      throw new BadValue(
          BEFORE_1970,
          "%s is \"%s\", before 1970: no clock of a machine. Leave the row out, or list the value under missing."
              .formatted(column(), cell));
    }
    if (mindOrder()) {
      last.put(of, millis);
    }
    return millis;
  }

  /** Whether the order of rows decides what a time means. */
  boolean mindOrder() {
    return rule.repeated() == Repeated.IN_ORDER
        && rule.zone() != null
        && !rule.zone().getRules().isFixedOffset();
  }

  private long moment(Object cell, String of) throws BadValue {
    if (cell instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    if (cell instanceof LocalDateTime local) {
      return local(local, of);
    }
    if (cell instanceof Number number) {
      return epoch(number.doubleValue(), cell);
    }
    String text = cell.toString();
    try {
      return switch (rule.notation()) {
        case EPOCH_S, EPOCH_MS -> epoch(Numbers.parse(text, '.'), cell);
        case ISO -> iso(text, of);
        case PATTERN -> pattern(text, of);
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw notATime(text);
    }
  }

  private long epoch(double number, Object cell) throws BadValue {
    double millis =
        switch (rule.notation()) {
          case EPOCH_S -> number * 1000;
          case EPOCH_MS -> number;
          default -> Double.NaN;
        };
    if (Double.isNaN(millis) || Math.abs(millis) > 1e15) {
      throw notATime(cell.toString());
    }
    return Math.round(millis);
  }

  private long iso(String text, String of) throws BadValue {
    if (text.length() == 10) {
      return local(LocalDate.parse(text).atStartOfDay(), of);
    }
    String joined =
        text.length() > 10 && text.charAt(10) == ' '
            ? text.substring(0, 10) + 'T' + text.substring(11)
            : text;
    boolean offset =
        joined.endsWith("Z") || joined.indexOf('+', 10) > 0 || joined.indexOf('-', 10) > 0;
    return offset
        ? OffsetDateTime.parse(joined, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
            .toInstant()
            .toEpochMilli()
        : local(LocalDateTime.parse(joined), of);
  }

  private long pattern(String text, String of) throws BadValue {
    TemporalAccessor parsed =
        rule.format()
            .parseBest(
                text,
                java.time.ZonedDateTime::from,
                OffsetDateTime::from,
                LocalDateTime::from,
                LocalDate::from);
    if (parsed instanceof LocalDateTime local) {
      return local(local, of);
    }
    return parsed instanceof LocalDate day
        ? local(day.atStartOfDay(), of)
        : Instant.from(parsed).toEpochMilli();
  }

  private long local(LocalDateTime local, String of) throws BadValue {
    if (rule.zone() == null) {
      throw new BadValue(
          NO_ZONE,
          "%s is \"%s\", without an offset. Say in the mapping where the clock stands, e.g. time: {column: …, zone: Europe/Berlin}."
              .formatted(column(), local));
    }
    List<ZoneOffset> offsets = rule.zone().getRules().getValidOffsets(local);
    return switch (offsets.size()) {
      case 1 -> millis(local, offsets.get(0));
      case 0 -> skipped(local);
      default -> repeated(local, offsets, of);
    };
  }

  private long skipped(LocalDateTime local) throws BadValue {
    if (rule.skipped() == Skipped.REFUSE) {
      throw new BadValue(
          SKIPPED,
          "%s is \"%s\", which does not exist in %s: clocks were set forward. With skipped: shift it is taken for later."
              .formatted(column(), local, rule.zone()));
    }
    ZoneOffsetTransition gap = rule.zone().getRules().getTransition(local);
    // As a clock that was not set: the moment counts with the offset from before the gap.
    return millis(local, gap.getOffsetBefore());
  }

  private long repeated(LocalDateTime local, List<ZoneOffset> offsets, String of) throws BadValue {
    long first = millis(local, offsets.get(0));
    long second = millis(local, offsets.get(1));
    repeated++;
    return switch (rule.repeated()) {
      case FIRST -> first;
      case SECOND -> second;
      case IN_ORDER -> follows(last.get(of), first, second) ? second : first;
      case REFUSE ->
          throw new BadValue(
              REPEATED,
              "%s is \"%s\", which came twice in %s: clocks were set back. Say repeated: in-order, first or second."
                  .formatted(column(), local, rule.zone()));
    };
  }

  /**
   * Whether the row before says that this is the second pass: it lies in one of the passes or not
   * long after. One from long after tells nothing; it is from a file of a later time.
   */
  private static boolean follows(Long before, long first, long second) {
    return before != null && before >= first && before - first < 2 * (second - first);
  }

  private static long millis(LocalDateTime local, ZoneOffset offset) {
    return local.toInstant(offset).toEpochMilli();
  }

  private BadValue notATime(String text) {
    return new BadValue(
        NOT_A_TIME,
        "%s is \"%s\", not a time %s."
            .formatted(
                column(),
                text,
                switch (rule.notation()) {
                  case ISO -> "like 2026-01-31T06:00:00Z";
                  case EPOCH_S -> "in seconds since 1970";
                  case EPOCH_MS -> "in milliseconds since 1970";
                  case PATTERN -> "of the form that the mapping states";
                }));
  }

  private String column() {
    return String.join(" ", rule.columns());
  }
}
