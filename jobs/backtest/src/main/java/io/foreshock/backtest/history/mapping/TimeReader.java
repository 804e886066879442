package io.foreshock.backtest.history.mapping;

import io.foreshock.backtest.history.mapping.TimeColumns.Notation;
import io.foreshock.backtest.history.mapping.TimeColumns.Repeated;
import io.foreshock.backtest.history.mapping.TimeColumns.Skipped;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.operators.documents.YamlNode;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Reads how the time of a row is written. */
final class TimeReader {
  /** Letters of a pattern that stand for an offset or a zone. */
  private static final String ZONE_LETTERS = "VzOXxZ";

  private final TableReader table;

  TimeReader(TableReader table) {
    this.table = table;
  }

  /**
   * @param holder table or document, whichever has the key
   * @param reported where a missing key is reported
   */
  TimeColumns read(Fields holder, Fields reported) {
    YamlNode node = holder.node("time");
    if (node == null) {
      reported.missing(
          "time", "Name its column, e.g. \"time: {column: timestamp, zone: Europe/Berlin}\".");
      return null;
    }
    if (node instanceof YamlNode.Text) {
      String column = table.column(holder, "time", holder.text("time"));
      return new TimeColumns(
          List.of(column == null ? "" : column),
          Notation.ISO,
          null,
          null,
          Repeated.IN_ORDER,
          Skipped.REFUSE);
    }
    Fields fields = holder.mapping("time");
    return fields == null ? null : read(fields);
  }

  private TimeColumns read(Fields fields) {
    List<String> columns = fields.texts("column");
    if (!fields.has("column")) {
      fields.missing("column", "Name the column, or a list such as [date, time].");
    }
    columns.forEach(column -> table.column(fields, "column", column));
    String format = fields.text("format", "iso");
    Notation notation =
        switch (format) {
          case "iso" -> Notation.ISO;
          case "epoch-s" -> Notation.EPOCH_S;
          case "epoch-ms" -> Notation.EPOCH_MS;
          default -> Notation.PATTERN;
        };
    DateTimeFormatter pattern = notation == Notation.PATTERN ? pattern(fields, format) : null;
    ZoneId zone = zone(fields);
    boolean epoch = notation == Notation.EPOCH_S || notation == Notation.EPOCH_MS;
    if (zone != null && epoch) {
      fields.problem("zone", "has no meaning for " + format + ", which counts in UTC. Remove it.");
    }
    if (zone == null && pattern != null && !fields.has("zone") && !statesZone(format)) {
      fields.missing(
          "zone",
          "The format \""
              + format
              + "\" has no offset. Name the zone of the clock, e.g. Europe/Berlin or UTC.");
    }
    Repeated repeated =
        fields.word("repeated", Repeated.IN_ORDER, Repeated.values(), Fields::kebab);
    Skipped skipped = fields.word("skipped", Skipped.REFUSE, Skipped.values(), Fields::kebab);
    fields.noOthers();
    return new TimeColumns(columns, notation, pattern, zone, repeated, skipped);
  }

  private static DateTimeFormatter pattern(Fields fields, String format) {
    try {
      return DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      fields.problem(
          "format",
          "must be iso, epoch-s, epoch-ms or a pattern of Java's DateTimeFormatter, but is \""
              + format
              + "\" ("
              + e.getMessage()
              + "). Use e.g. \"dd.MM.yyyy HH:mm:ss\".");
      return null;
    }
  }

  private static ZoneId zone(Fields fields) {
    String text = fields.text("zone");
    if (text == null) {
      return null;
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      fields.problem(
          "zone",
          "must be a zone such as Europe/Berlin, UTC or +01:00, but is \""
              + text
              + "\"."
              + (Suggestions.isNear(text, ZoneId.getAvailableZoneIds())
                  ? " " + Suggestions.forName(text, ZoneId.getAvailableZoneIds())
                  : ""));
      return null;
    }
  }

  /** Whether a letter outside of quotes stands for a zone. */
  private static boolean statesZone(String pattern) {
    boolean quoted = false;
    for (char letter : pattern.toCharArray()) {
      quoted ^= letter == '\'';
      if (!quoted && ZONE_LETTERS.indexOf(letter) >= 0) {
        return true;
      }
    }
    return false;
  }
}
