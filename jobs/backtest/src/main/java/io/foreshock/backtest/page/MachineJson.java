package io.foreshock.backtest.page;

import com.fasterxml.jackson.core.JsonGenerator;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What the page of one machine needs beside the first page: channels, codes and the evidence of its
 * alarms. It is read when the page is opened. {@code js/data.js} reads it.
 */
final class MachineJson {
  private final Report report;
  private final Tracks tracks;

  MachineJson(Report report, Tracks tracks) {
    this.report = report;
    this.tracks = tracks;
  }

  void write(JsonGenerator json, Report.Machine machine) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("channels");
    for (Track track : tracks.channels(machine.id())) {
      channel(json, track);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("codes");
    for (Tracks.Code code : tracks.codes(machine.id())) {
      json.writeStartArray();
      json.writeString(code.name());
      json.writeString(code.severity());
      JsonColumns.seconds(json, code.timeMillis());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("symptoms");
    for (Tracks.Symptom symptom : tracks.symptoms(machine.id())) {
      symptom(json, symptom);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("evidence");
    for (int i = 0; i < report.alarms().size(); i++) {
      Detection detection = report.alarms().get(i).detection();
      if (detection.asset().assetId().equals(machine.id())) {
        evidence(json, i, detection);
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void channel(JsonGenerator json, Track track) throws IOException {
    Track.Points points = track.points();
    Packed packed = Packed.of(points.times(), points.values());
    json.writeStartObject();
    json.writeStringField("name", track.channel());
    json.writeStringField("unit", track.unit());
    json.writeNumberField("readings", track.readings());
    json.writeBooleanField("thinned", points.thinned());
    json.writeNumberField("gap", points.gapMillis());
    json.writeNumberField("origin", packed.originMillis());
    json.writeNumberField("step", packed.unitMillis());
    json.writeNumberField("low", packed.low());
    json.writeNumberField("high", packed.high());
    json.writeStringField("times", packed.times());
    json.writeStringField("values", packed.values());
    json.writeEndObject();
  }

  /** Begins and ends in turn; the end of one that did not end is null. */
  private static void symptom(JsonGenerator json, Tracks.Symptom symptom) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", symptom.name());
    json.writeStringField("channel", symptom.channel());
    json.writeArrayFieldStart("spans");
    for (Report.Span span : symptom.spans()) {
      JsonColumns.seconds(json, span.fromMillis());
      if (span.toMillis() == Long.MAX_VALUE) {
        json.writeNull();
      } else {
        JsonColumns.seconds(json, span.toMillis());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Signals in the order of the pattern: stage, kind, name, channel, time, value, words. */
  private void evidence(JsonGenerator json, int alarm, Detection detection) throws IOException {
    json.writeArrayFieldStart(Integer.toString(alarm));
    for (Detection.StageEvidence stage : detection.evidence()) {
      List<Signal> signals = stage.signals();
      for (Signal signal : signals) {
        json.writeStartArray();
        json.writeString(stage.stage());
        json.writeString(signal.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        json.writeString(signal.name());
        json.writeString(signal.channel());
        JsonColumns.seconds(json, signal.eventTimeMillis());
        ScriptJson.number(json, signal.value());
        json.writeString(report.words().of(detection, signal));
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }
}
