package io.foreshock.operators.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BusinessHoursTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final BusinessHours HOURS =
      new BusinessHours(
          "business",
          null,
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          LocalTime.of(7, 0),
          LocalTime.of(17, 0),
          Set.of(LocalDate.of(2026, 12, 25)));

  private static Instant opening(String time, ZoneId zone) {
    return Instant.ofEpochMilli(HOURS.opening(Instant.parse(time).toEpochMilli(), zone));
  }

  @Test
  void opensInTheTimeZoneOfTheSite() {
    // A Friday.
    assertThat(opening("2026-11-20T05:59:00Z", VIENNA)).isEqualTo("2026-11-20T06:00:00Z");
    assertThat(opening("2026-11-20T06:00:00Z", VIENNA)).isEqualTo("2026-11-20T06:00:00Z");
    assertThat(opening("2026-11-20T15:59:59.999Z", VIENNA)).isEqualTo("2026-11-20T15:59:59.999Z");
    assertThat(opening("2026-11-20T16:00:00Z", VIENNA)).isEqualTo("2026-11-23T06:00:00Z");
    assertThat(opening("2026-11-20T16:00:00Z", ZoneOffset.UTC)).isEqualTo("2026-11-20T16:00:00Z");
  }

  @Test
  void followsTheClockOnTheWallAndHolidays() {
    // Summer time ends on 2026-10-25.
    assertThat(opening("2026-10-23T18:00:00Z", VIENNA)).isEqualTo("2026-10-26T06:00:00Z");
    assertThat(opening("2026-10-22T18:00:00Z", VIENNA)).isEqualTo("2026-10-23T05:00:00Z");
    assertThat(opening("2026-12-24T20:00:00Z", VIENNA)).isEqualTo("2026-12-28T06:00:00Z");
  }

  @Test
  void neverOpensWithoutDays() {
    BusinessHours never =
        new BusinessHours(
            "never",
            null,
            EnumSet.noneOf(DayOfWeek.class),
            LocalTime.MIDNIGHT,
            LocalTime.MIDNIGHT,
            Set.of());
    assertThat(never.opening(0, VIENNA)).isEqualTo(Long.MAX_VALUE);
  }
}
