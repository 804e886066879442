package io.foreshock.backtest.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshock.model.Detection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the first page needs, in columns: of each kind of event one array for each property. Times
 * are seconds since 1970, machines are positions in the list. {@code js/data.js} reads it.
 */
final class FleetJson {
  private final Report report;
  private final Map<String, Integer> positions = new HashMap<>();

  FleetJson(Report report) {
    this.report = report;
    for (Report.Machine machine : report.machines()) {
      if (positions.put(machine.id(), positions.size()) != null) {
        throw new ReportException("Machine \"" + machine.id() + "\" is in the report twice.");
      }
    }
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    heading(json);
    json.writeArrayFieldStart("machines");
    for (Report.Machine machine : report.machines()) {
      json.writeStartObject();
      json.writeStringField("id", machine.id());
      json.writeStringField("kind", machine.kind());
      json.writeArrayFieldStart("watched");
      for (Report.Span span : machine.watched()) {
        seconds(json, span.fromMillis());
        seconds(json, span.toMillis());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    failures(json);
    alarms(json);
    work(json);
    scores(json);
    sweeps(json);
    json.writeEndObject();
  }

  private void heading(JsonGenerator json) throws IOException {
    Report.Heading heading = report.heading();
    json.writeStringField("title", heading.title());
    json.writeStringField("source", heading.source());
    json.writeStringField("zone", heading.zone().getId());
    json.writeNumberField("madeAt", heading.madeAt().getEpochSecond());
    strings(json, "patterns", heading.patterns());
    strings(json, "notes", heading.notes());
  }

  private void failures(JsonGenerator json) throws IOException {
    List<Report.Failure> all = report.failures();
    json.writeObjectFieldStart("failures");
    column(json, "machine", all, f -> json.writeNumber(position(f.machine())));
    column(json, "component", all, f -> json.writeString(f.component()));
    column(json, "time", all, f -> seconds(json, f.timeMillis()));
    column(json, "outcome", all, f -> json.writeNumber(f.outcome().ordinal()));
    column(json, "lead", all, f -> seconds(json, f.leadMillis()));
    column(json, "note", all, f -> json.writeString(f.note()));
    json.writeEndObject();
  }

  private void alarms(JsonGenerator json) throws IOException {
    List<Report.Alarm> all = report.alarms();
    json.writeObjectFieldStart("alarms");
    column(json, "machine", all, a -> json.writeNumber(position(a.detection().asset().assetId())));
    column(json, "component", all, a -> json.writeString(a.detection().component()));
    column(json, "mode", all, a -> json.writeString(a.detection().failureMode()));
    column(
        json,
        "pattern",
        all,
        a -> json.writeString(a.detection().pattern() + " " + a.detection().patternVersion()));
    column(json, "severity", all, a -> json.writeNumber(a.detection().severity().ordinal()));
    column(json, "time", all, a -> seconds(json, a.detection().eventTimeMillis()));
    column(json, "first", all, a -> seconds(json, firstSignal(a.detection())));
    column(json, "verdict", all, a -> json.writeNumber(a.verdict().ordinal()));
    column(json, "failure", all, a -> seconds(json, a.failureMillis()));
    json.writeEndObject();
  }

  private void work(JsonGenerator json) throws IOException {
    List<Report.Work> all = report.work();
    json.writeObjectFieldStart("work");
    column(json, "machine", all, w -> json.writeNumber(position(w.machine())));
    column(json, "component", all, w -> json.writeString(w.component()));
    column(json, "kind", all, w -> json.writeString(w.kind()));
    column(json, "time", all, w -> seconds(json, w.timeMillis()));
    json.writeEndObject();
  }

  private void scores(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("scores");
    for (ScoreLine line : report.scores()) {
      json.writeStartObject();
      json.writeStringField("group", line.group().name().toLowerCase(Locale.ROOT));
      json.writeStringField("name", line.name());
      json.writeNumberField("alarms", line.alarms());
      json.writeNumberField("trueAlarms", line.trueAlarms());
      json.writeNumberField("failures", line.failures());
      json.writeNumberField("found", line.found());
      figure(json, "precision", line.precision());
      figure(json, "recall", line.recall());
      figure(json, "f1", line.f1());
      figure(json, "leadHours", line.leadHours());
      figure(json, "falseAlarms", line.falseAlarms());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void sweeps(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("sweeps");
    for (Tradeoff sweep : report.tradeoffs()) {
      json.writeStartObject();
      json.writeStringField("parameter", sweep.parameter());
      json.writeArrayFieldStart("points");
      for (Tradeoff.Point point : sweep.points()) {
        json.writeStartObject();
        json.writeStringField("value", point.value());
        json.writeStringField("machines", point.machines());
        json.writeBooleanField("chosen", point.chosen());
        number(json, "recall", point.recall());
        number(json, "precision", point.precision());
        number(json, "leadHours", point.leadHours());
        number(json, "falseAlarms", point.falseAlarms());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private int position(String machine) {
    Integer position = positions.get(machine);
    if (position == null) {
      throw new ReportException(
          "An event names the machine \"" + machine + "\", which is not in the report.");
    }
    return position;
  }

  private static long firstSignal(Detection detection) {
    return detection.evidence().stream()
        .flatMap(stage -> stage.signals().stream())
        .mapToLong(signal -> signal.eventTimeMillis())
        .min()
        .orElse(detection.eventTimeMillis());
  }

  private static void figure(JsonGenerator json, String name, ScoreLine.Figure figure)
      throws IOException {
    json.writeArrayFieldStart(name);
    ScriptJson.number(json, figure.value());
    if (!Double.isNaN(figure.low()) && !Double.isNaN(figure.high())) {
      ScriptJson.number(json, figure.low());
      ScriptJson.number(json, figure.high());
    }
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    ScriptJson.number(json, value);
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** Whole seconds as such, others with their fraction. */
  static void seconds(JsonGenerator json, long millis) throws IOException {
    if (millis % 1000 == 0) {
      json.writeNumber(millis / 1000);
    } else {
      json.writeNumber(millis / 1000.0);
    }
  }

  private static <T> void column(JsonGenerator json, String name, List<T> rows, Cell<T> cell)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T row : rows) {
      cell.write(row);
    }
    json.writeEndArray();
  }

  @FunctionalInterface
  private interface Cell<T> {
    void write(T row) throws IOException;
  }
}
