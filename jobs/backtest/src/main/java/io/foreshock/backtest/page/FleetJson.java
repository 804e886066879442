package io.foreshock.backtest.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshock.model.Detection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
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
        JsonColumns.seconds(json, span.fromMillis());
        JsonColumns.seconds(json, span.toMillis());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    failures(json);
    alarms(json);
    work(json);
    FiguresJson.scores(json, report.scores());
    FiguresJson.tradeoffs(json, report.tradeoffs());
    if (report.versions().isPresent()) {
      versions(json, report.versions().get());
    }
    json.writeEndObject();
  }

  private void heading(JsonGenerator json) throws IOException {
    Report.Heading heading = report.heading();
    json.writeStringField("title", heading.title());
    JsonColumns.strings(json, "source", heading.source());
    json.writeStringField("ownFigures", heading.ownFigures());
    json.writeStringField("zone", heading.zone().getId());
    json.writeNumberField("madeAt", heading.madeAt().getEpochSecond());
    JsonColumns.strings(json, "patterns", heading.patterns());
    JsonColumns.strings(json, "notes", heading.notes());
  }

  private void failures(JsonGenerator json) throws IOException {
    List<Report.Failure> all = report.failures();
    json.writeObjectFieldStart("failures");
    JsonColumns.column(json, "machine", all, f -> json.writeNumber(position(f.machine())));
    JsonColumns.column(json, "component", all, f -> json.writeString(f.component()));
    JsonColumns.column(json, "time", all, f -> JsonColumns.seconds(json, f.timeMillis()));
    JsonColumns.column(json, "outcome", all, f -> json.writeNumber(f.outcome().ordinal()));
    JsonColumns.column(json, "lead", all, f -> JsonColumns.seconds(json, f.leadMillis()));
    JsonColumns.column(json, "note", all, f -> json.writeString(f.note()));
    json.writeEndObject();
  }

  private void alarms(JsonGenerator json) throws IOException {
    List<Report.Alarm> all = report.alarms();
    json.writeObjectFieldStart("alarms");
    JsonColumns.column(
        json, "machine", all, a -> json.writeNumber(position(a.detection().asset().assetId())));
    JsonColumns.column(json, "component", all, a -> json.writeString(a.detection().component()));
    JsonColumns.column(json, "mode", all, a -> json.writeString(a.detection().failureMode()));
    JsonColumns.column(
        json,
        "pattern",
        all,
        a -> json.writeString(a.detection().pattern() + " " + a.detection().patternVersion()));
    JsonColumns.column(
        json, "severity", all, a -> json.writeNumber(a.detection().severity().ordinal()));
    JsonColumns.column(
        json, "time", all, a -> JsonColumns.seconds(json, a.detection().eventTimeMillis()));
    JsonColumns.column(
        json, "first", all, a -> JsonColumns.seconds(json, firstSignal(a.detection())));
    JsonColumns.column(json, "verdict", all, a -> json.writeNumber(a.verdict().ordinal()));
    JsonColumns.column(json, "failure", all, a -> JsonColumns.seconds(json, a.failureMillis()));
    json.writeEndObject();
  }

  private void work(JsonGenerator json) throws IOException {
    List<Report.Work> all = report.work();
    json.writeObjectFieldStart("work");
    JsonColumns.column(json, "machine", all, w -> json.writeNumber(position(w.machine())));
    JsonColumns.column(json, "component", all, w -> json.writeString(w.component()));
    JsonColumns.column(json, "kind", all, w -> json.writeString(w.kind()));
    JsonColumns.column(json, "time", all, w -> JsonColumns.seconds(json, w.timeMillis()));
    json.writeEndObject();
  }

  private void versions(JsonGenerator json, Versions versions) throws IOException {
    List<Versions.Difference> all = versions.differences();
    json.writeObjectFieldStart("versions");
    json.writeStringField("first", versions.first());
    json.writeStringField("second", versions.second());
    json.writeNumberField("same", versions.same());
    json.writeObjectFieldStart("differences");
    JsonColumns.column(json, "machine", all, d -> json.writeNumber(position(d.machine())));
    JsonColumns.column(json, "component", all, d -> json.writeString(d.component()));
    JsonColumns.column(json, "time", all, d -> JsonColumns.seconds(json, d.timeMillis()));
    JsonColumns.column(json, "inFirst", all, d -> json.writeString(d.inFirst()));
    JsonColumns.column(json, "inSecond", all, d -> json.writeString(d.inSecond()));
    JsonColumns.column(json, "why", all, d -> json.writeString(d.why()));
    json.writeEndObject();
    json.writeEndObject();
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
}
