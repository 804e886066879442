package io.foreshock.backtest.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Scores and trade-offs, each with its figures; a figure is its value, or value and interval. */
final class FiguresJson {
  private FiguresJson() {}

  static void scores(JsonGenerator json, List<ScoreLine> scores) throws IOException {
    json.writeArrayFieldStart("scores");
    for (ScoreLine line : scores) {
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

  static void tradeoffs(JsonGenerator json, List<Tradeoff> tradeoffs) throws IOException {
    json.writeArrayFieldStart("sweeps");
    for (Tradeoff sweep : tradeoffs) {
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
}
