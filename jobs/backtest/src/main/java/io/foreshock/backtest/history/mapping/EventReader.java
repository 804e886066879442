package io.foreshock.backtest.history.mapping;

import io.foreshock.backtest.history.mapping.EventColumns.Kind;
import io.foreshock.operators.documents.Fields;
import java.util.ArrayList;
import java.util.List;

/** Reads where the events of a table stand. */
final class EventReader {
  private final TableReader table;

  EventReader(TableReader table) {
    this.table = table;
  }

  List<EventColumns> read(Fields fields) {
    List<EventColumns> events = new ArrayList<>();
    add(events, fields, Kind.FAULT, "fault", "code", "component", "severity");
    add(events, fields, Kind.MAINTENANCE, "maintenance", "component", null, "kind");
    add(events, fields, Kind.STATE, "state", "state", null, null);
    add(events, fields, Kind.FAILURE, "failure", "component", null, null);
    return events;
  }

  private void add(
      List<EventColumns> events,
      Fields fields,
      Kind kind,
      String key,
      String what,
      String component,
      String grade) {
    Fields event = fields.mapping(key);
    if (event == null) {
      return;
    }
    if (!event.has(what)) {
      event.missing(
          what, "Name its column, or {value: …} when it is the same for all rows of the table.");
    }
    CellSource source = table.source(event, what);
    events.add(
        new EventColumns(
            kind,
            source == null ? CellSource.value("") : source,
            component == null ? null : table.source(event, component),
            grade == null ? null : table.source(event, grade)));
    event.noOthers();
  }
}
