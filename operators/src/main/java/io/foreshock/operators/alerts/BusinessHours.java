package io.foreshock.operators.alerts;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A calendar: hours of some days of the week, without holidays. Local time; a day with a change of
 * clocks has the hours that the clocks on the wall show.
 *
 * @param name name in policies
 * @param zone time zone; null for that of the asset's site, UTC when the site has none
 * @param days days of the week
 * @param from first time of the day
 * @param to end of the day (exclusive), after {@code from}; midnight for the end of the day
 * @param holidays days without hours
 */
public record BusinessHours(
    String name,
    ZoneId zone,
    Set<DayOfWeek> days,
    LocalTime from,
    LocalTime to,
    Set<LocalDate> holidays)
    implements Serializable {
  /** A calendar whose next hours are further away has none: more holidays than anybody gives. */
  private static final int DAYS_AHEAD = 400;

  public BusinessHours {
    days = Set.copyOf(days);
    holidays = Set.copyOf(holidays);
  }

  /** Whether the calendar holds at a time. */
  public boolean isOpen(long millis, ZoneId site) {
    return opening(millis, site) == millis;
  }

  /**
   * The first time at or after the given one at which the calendar holds; {@link Long#MAX_VALUE}
   * when there is none within a year.
   */
  public long opening(long millis, ZoneId site) {
    ZoneId local = zone == null ? site : zone;
    LocalDate today = Instant.ofEpochMilli(millis).atZone(local).toLocalDate();
    for (int i = 0; i < DAYS_AHEAD; i++) {
      LocalDate day = today.plusDays(i);
      if (days.contains(day.getDayOfWeek()) && !holidays.contains(day)) {
        long start = ZonedDateTime.of(day, from, local).toInstant().toEpochMilli();
        LocalDate lastDay = to.equals(LocalTime.MIDNIGHT) ? day.plusDays(1) : day;
        long end = ZonedDateTime.of(lastDay, to, local).toInstant().toEpochMilli();
        if (millis < end) {
          return Math.max(start, millis);
        }
      }
    }
    return Long.MAX_VALUE;
  }
}
