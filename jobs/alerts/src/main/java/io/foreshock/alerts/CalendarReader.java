package io.foreshock.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.foreshock.operators.alerts.BusinessHours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The calendars of a file of escalation policies. */
final class CalendarReader {
  private static final List<String> FIELDS = List.of("days", "from", "to", "timeZone", "holidays");

  private final String file;
  private final List<String> problems;

  CalendarReader(String file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  Map<String, BusinessHours> read(JsonNode calendars) {
    Map<String, BusinessHours> read = new LinkedHashMap<>();
    calendars
        .fields()
        .forEachRemaining(
            entry -> read.put(entry.getKey(), calendar(entry.getKey(), entry.getValue())));
    return read;
  }

  private BusinessHours calendar(String name, JsonNode node) {
    String where = file + ": calendar " + name;
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                problems.add(
                    where
                        + ": `"
                        + field
                        + "` is not known; known are "
                        + String.join(", ", FIELDS));
              }
            });
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    node.path("days").forEach(day -> day(day.asText(), where, days));
    if (days.isEmpty()) {
      problems.add(where + ": `days` must name days, e.g. [mon, tue, wed, thu, fri]");
    }
    LocalTime from = time(node, "from", where);
    LocalTime to = time(node, "to", where);
    if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
      problems.add(where + ": `to` must be after `from`; for a night use two calendars");
    }
    Set<LocalDate> holidays = new HashSet<>();
    node.path("holidays").forEach(day -> holiday(day.asText(), where, holidays));
    return new BusinessHours(name, zone(node, where), days, from, to, holidays);
  }

  private void day(String text, String where, Set<DayOfWeek> days) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (text.length() >= 3
          && day.name().toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT))) {
        days.add(day);
        return;
      }
    }
    problems.add(
        where + ": day \"" + text + "\" is not known; use mon, tue, wed, thu, fri, sat, sun");
  }

  private LocalTime time(JsonNode node, String field, String where) {
    String text = node.path(field).asText("");
    try {
      return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    } catch (DateTimeException e) {
      problems.add(
          where + ": `" + field + "` must be a time such as \"07:00\", but is \"" + text + "\"");
      return LocalTime.MIDNIGHT;
    }
  }

  private void holiday(String text, String where, Set<LocalDate> holidays) {
    try {
      holidays.add(LocalDate.parse(text));
    } catch (DateTimeException e) {
      problems.add(where + ": holiday \"" + text + "\" must be a day such as 2026-12-25");
    }
  }

  /** Null for the zone of the asset's site. */
  private ZoneId zone(JsonNode node, String where) {
    String text = node.path("timeZone").asText("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      problems.add(where + ": time zone \"" + text + "\" is not known; use e.g. Europe/Vienna");
      return null;
    }
  }
}
