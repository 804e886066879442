package io.foreshock.backtest.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.JudgedAlarm;
import io.foreshock.backtest.score.Sweep;
import io.foreshock.backtest.score.SweepChart;
import io.foreshock.backtest.score.Verdict;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What {@code --out DIR} writes. */
public final class BacktestFiles {
  private final Path folder;
  private final ObjectMapper mapper = new ObjectMapper();

  public BacktestFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes detections, alarms and the picture.
   *
   * @throws BacktestException when the folder cannot be written
   */
  public void write(Answer answer, Truth truth, PrintWriter console) {
    try {
      Files.createDirectories(folder);
      writeDetections(answer);
      writeAlarms(answer.alarms());
      new BacktestChart(folder.resolve("timeline.png")).draw(answer, truth, console);
      for (Sweep sweep : answer.sweeps()) {
        drawSweep(sweep, console);
      }
    } catch (IOException e) {
      throw BacktestException.failed("Cannot write to " + folder + ": " + e, e);
    }
    console.println("Wrote detections, alarms and a timeline to " + folder);
  }

  private void drawSweep(Sweep sweep, PrintWriter console) throws IOException {
    String name = "sweep-" + sweep.pattern() + '-' + sweep.path().replaceAll("[^A-Za-z0-9]+", "-");
    String trouble = new SweepChart(sweep).draw(folder.resolve(name + ".png"));
    console.print(trouble.isEmpty() ? "" : trouble + System.lineSeparator());
  }

  /** One JSON object per line and detection, evidence included. */
  private void writeDetections(Answer answer) throws IOException {
    // No PrintWriter: it would keep a full disk to itself.
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("detections.jsonl"))) {
      for (Detection detection : answer.detections()) {
        out.write(mapper.writeValueAsString(json(detection)));
        out.newLine();
      }
    }
  }

  void writeAlarms(List<JudgedAlarm> alarms) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("alarms.csv"))) {
      out.write("time,asset,component,verdict,failure,lead_hours,patterns");
      out.newLine();
      for (JudgedAlarm judged : alarms) {
        Verdict verdict = judged.verdict();
        ComponentEvent alarm = verdict.alarm();
        out.write(
            String.join(
                ",",
                Instant.ofEpochMilli(alarm.millis()).toString(),
                cell(alarm.asset()),
                cell(alarm.component()),
                verdict.isTrue() ? "true" : "false",
                verdict.isTrue() ? Instant.ofEpochMilli(verdict.failureMillis()).toString() : "",
                verdict.isTrue() ? String.valueOf(verdict.leadHours()) : "",
                cell(String.join(" ", judged.patterns()))));
        out.newLine();
      }
    }
  }

  /** In quotes (RFC 4180) when it would else be more than one cell. */
  private static String cell(String text) {
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private ObjectNode json(Detection detection) {
    ObjectNode node = mapper.createObjectNode();
    node.put("id", detection.id());
    node.put("time", Instant.ofEpochMilli(detection.eventTimeMillis()).toString());
    node.put("tenant", detection.asset().tenant());
    node.put("asset", detection.asset().assetId());
    node.put("pattern", detection.pattern());
    node.put("patternVersion", detection.patternVersion());
    node.put("component", detection.component());
    node.put("failureMode", detection.failureMode());
    node.put("severity", detection.severity().name().toLowerCase(Locale.ROOT));
    node.put("horizonHours", detection.horizonMillis() / 3_600_000.0);
    ArrayNode evidence = node.putArray("evidence");
    for (Detection.StageEvidence stage : detection.evidence()) {
      for (Signal signal : stage.signals()) {
        ObjectNode item = evidence.addObject();
        item.put("stage", stage.stage());
        item.put("kind", signal.kind().name().toLowerCase(Locale.ROOT));
        item.put("name", signal.name());
        item.put("time", Instant.ofEpochMilli(signal.eventTimeMillis()).toString());
        put(item, "value", signal.value());
        put(item, "limit", signal.limit());
        put(item, "score", signal.score());
      }
    }
    return node;
  }

  private static void put(ObjectNode node, String name, double value) {
    if (!Double.isNaN(value)) {
      node.put(name, value);
    }
  }
}
