package io.foreshock.backtest.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.backtest.history.mapping.TimeColumns;
import io.foreshock.backtest.history.mapping.TimeColumns.Notation;
import io.foreshock.backtest.history.mapping.TimeColumns.Repeated;
import io.foreshock.backtest.history.mapping.TimeColumns.Skipped;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * In Berlin clocks went from 02:00 to 03:00 on 29 March 2026, and from 03:00 back on 25 October.
 */
class TimesTest {
  private static final String AUTUMN = "2026-10-25 02:30";
  private static final String SPRING = "2026-03-29 02:30";

  @Test
  void readsLocalTimesOfSummerAndWinter() throws BadValue {
    assertThat(berlin(Repeated.IN_ORDER, Skipped.REFUSE, "2026-07-01 12:00"))
        .isEqualTo("2026-07-01T10:00:00Z");
    assertThat(berlin(Repeated.IN_ORDER, Skipped.REFUSE, "2026-01-01 12:00"))
        .isEqualTo("2026-01-01T11:00:00Z");
  }

  @Test
  void tellsTheTwoPassesOfARepeatedHourApartByTheOrderOfEachAsset() throws BadValue {
    Times times = times(Repeated.IN_ORDER, Skipped.REFUSE);

    assertThat(
            List.of(
                at(times, "2026-10-25 01:30", "a"),
                at(times, "2026-10-25 02:00", "a"),
                at(times, "2026-10-25 02:30", "a"),
                at(times, "2026-10-25 02:30", "b"),
                at(times, "2026-10-25 02:00", "a"),
                at(times, "2026-10-25 02:30", "a"),
                at(times, "2026-10-25 03:00", "a")))
        .containsExactly(
            "2026-10-24T23:30:00Z",
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:00:00Z");
    assertThat(times.repeated()).isEqualTo(5);
  }

  @Test
  void takesTheFirstPassWhenTheRowBeforeIsFromAFileOfLaterTime() throws BadValue {
    Times times = times(Repeated.IN_ORDER, Skipped.REFUSE);
    at(times, "2026-11-30 23:00", "a");

    assertThat(
            List.of(
                at(times, AUTUMN, "a"),
                at(times, "2026-10-25 02:00", "a"),
                at(times, "2026-10-25 03:00", "a"),
                at(times, "2026-10-25 02:59", "a")))
        .containsExactly(
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T02:00:00Z",
            "2026-10-25T01:59:00Z");
  }

  @Test
  void refusesTimesBefore1970() {
    assertThatThrownBy(() -> at(new Times(epoch(Notation.EPOCH_S)), "-1", "a"))
        .isInstanceOf(BadValue.class)
        .hasMessage(
            "t is \"-1\", before 1970: no clock of a machine."
                + " Leave the row out, or list the value under missing.");
  }

  @Test
  void takesTheStatedPassOfARepeatedHourOrRefuses() throws BadValue {
    assertThat(berlin(Repeated.FIRST, Skipped.REFUSE, AUTUMN)).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(berlin(Repeated.SECOND, Skipped.REFUSE, AUTUMN)).isEqualTo("2026-10-25T01:30:00Z");
    assertThatThrownBy(() -> berlin(Repeated.REFUSE, Skipped.REFUSE, AUTUMN))
        .isInstanceOf(BadValue.class)
        .hasMessage(
            "t is \"2026-10-25T02:30\", which came twice in Europe/Berlin: clocks were set back."
                + " Say repeated: in-order, first or second.");
  }

  @Test
  void refusesASkippedHourUnlessItShallBeShifted() throws BadValue {
    assertThatThrownBy(() -> berlin(Repeated.IN_ORDER, Skipped.REFUSE, SPRING))
        .isInstanceOf(BadValue.class)
        .hasMessage(
            "t is \"2026-03-29T02:30\", which does not exist in Europe/Berlin: clocks were set forward."
                + " With skipped: shift it is taken for later.");
    // 02:30 of a clock that still showed winter time is 03:30 of summer time.
    assertThat(berlin(Repeated.IN_ORDER, Skipped.SHIFT, SPRING)).isEqualTo("2026-03-29T01:30:00Z");
  }

  @Test
  void readsIsoInItsFormsAndAsksForAZoneWhereNoneIsStated() throws BadValue {
    Times utc = new Times(iso(ZoneId.of("UTC")));
    for (String text :
        List.of(
            "2026-01-05T06:00:00Z",
            "2026-01-05 06:00:00",
            "2026-01-05T07:00:00+01:00",
            "2026-01-05 05:00-01:00",
            "2026-01-05T06:00")) {
      assertThat(at(utc, text, "a")).as(text).isEqualTo("2026-01-05T06:00:00Z");
    }
    assertThat(at(utc, "2026-01-05", "a")).isEqualTo("2026-01-05T00:00:00Z");
    Times none = new Times(iso(null));
    assertThat(at(none, "2026-01-05T06:00:00Z", "a")).isEqualTo("2026-01-05T06:00:00Z");
    assertThatThrownBy(() -> at(none, "2026-01-05T06:00:00", "a"))
        .hasMessageContaining("without an offset. Say in the mapping where the clock stands");
    assertThatThrownBy(() -> at(utc, "05.01.2026", "a"))
        .hasMessage("t is \"05.01.2026\", not a time like 2026-01-31T06:00:00Z.");
  }

  @Test
  void readsSecondsAndMillisecondsAndTypedCells() throws BadValue {
    Times seconds = new Times(epoch(Notation.EPOCH_S));
    assertThat(at(seconds, "1767592800", "a")).isEqualTo("2026-01-05T06:00:00Z");
    assertThat(at(seconds, "1767592800.25", "a")).isEqualTo("2026-01-05T06:00:00.250Z");
    assertThat(at(seconds, 1767592800L, "a")).isEqualTo("2026-01-05T06:00:00Z");
    assertThat(at(new Times(epoch(Notation.EPOCH_MS)), "1767592800000", "a"))
        .isEqualTo("2026-01-05T06:00:00Z");
    assertThatThrownBy(() -> at(seconds, "soon", "a"))
        .hasMessage("t is \"soon\", not a time in seconds since 1970.");
    Times iso = new Times(iso(ZoneId.of("Europe/Berlin")));
    assertThat(at(iso, Instant.parse("2026-01-05T06:00:00Z"), "a"))
        .isEqualTo("2026-01-05T06:00:00Z");
    assertThat(at(iso, LocalDateTime.parse("2026-01-05T06:00:00"), "a"))
        .isEqualTo("2026-01-05T05:00:00Z");
    assertThatThrownBy(() -> at(iso, 1767592800L, "a")).hasMessageContaining("not a time like");
  }

  private static String berlin(Repeated repeated, Skipped skipped, String text) throws BadValue {
    return at(times(repeated, skipped), text, "a");
  }

  private static String at(Times times, Object cell, String asset) throws BadValue {
    return Instant.ofEpochMilli(times.millis(cell, asset)).toString();
  }

  private static Times times(Repeated repeated, Skipped skipped) {
    return new Times(
        new TimeColumns(
            List.of("t"),
            Notation.PATTERN,
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ENGLISH),
            ZoneId.of("Europe/Berlin"),
            repeated,
            skipped));
  }

  private static TimeColumns iso(ZoneId zone) {
    return new TimeColumns(
        List.of("t"), Notation.ISO, null, zone, Repeated.IN_ORDER, Skipped.REFUSE);
  }

  private static TimeColumns epoch(Notation notation) {
    return new TimeColumns(List.of("t"), notation, null, null, Repeated.IN_ORDER, Skipped.REFUSE);
  }
}
