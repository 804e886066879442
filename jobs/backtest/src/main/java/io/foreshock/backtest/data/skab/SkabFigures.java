package io.foreshock.backtest.data.skab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.SymptomTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The leaderboard's figures: every row of every file counts, those that were learned from too. A
 * row is alarmed while a symptom is on.
 */
final class SkabFigures {
  /** A detector that knows nothing, to see what the score of change points is worth. */
  private static final long BLIND_MILLIS = 30_000;

  private final List<Experiment> experiments;
  private final SymptomTimes symptoms;
  private final ArrayNode files = new ObjectMapper().createArrayNode();
  private final StringBuilder table = new StringBuilder();

  SkabFigures(List<Experiment> experiments, SymptomTimes symptoms) {
    this.experiments = experiments;
    this.symptoms = symptoms;
  }

  Figures figures() {
    RowCounts rows = RowCounts.NONE;
    ChangeScore changes = ChangeScore.NONE;
    ChangeScore blind = ChangeScore.NONE;
    table.append("experiment   FAR %  MAR %    F1  changes found, false\n");
    for (Experiment experiment : experiments) {
      RowCounts ofFile = rows(experiment);
      List<Long> truth = new ArrayList<>();
      List<Long> clock = new ArrayList<>();
      long next = Long.MIN_VALUE;
      for (Experiment.Row row : experiment.rows()) {
        if (row.changePoint()) {
          truth.add(row.millis());
        }
        if (row.millis() >= next) {
          clock.add(row.millis());
          next = row.millis() + BLIND_MILLIS;
        }
      }
      ChangeScore found = ChangeScore.of(truth, symptoms.changes(experiment.name()));
      add(experiment.name(), ofFile, found);
      rows = rows.plus(ofFile);
      changes = changes.plus(found);
      blind = blind.plus(ChangeScore.of(truth, clock));
    }
    add("all", rows, changes);
    table.append(
        String.format(
            Locale.ROOT,
            "change points, NAB standard, windows of 30 s centred: %.2f (%.2f for one every 30 s,"
                + " blindly)%n",
            changes.scaled(),
            blind.scaled()));
    ObjectNode json = new ObjectMapper().createObjectNode();
    put(json, rows, changes);
    json.put("changePointNabBlind", blind.scaled());
    json.set("files", files);
    return new Figures(json, table.toString());
  }

  private RowCounts rows(Experiment experiment) {
    RowCounts counts = RowCounts.NONE;
    SymptomTimes.Cursor cursor = symptoms.cursor(experiment.name(), signal -> true);
    for (Experiment.Row row : experiment.rows()) {
      counts = counts.with(row.anomaly(), !cursor.at(row.millis()).isEmpty());
    }
    return counts;
  }

  private void add(String name, RowCounts rows, ChangeScore changes) {
    if (!name.equals("all")) {
      put(files.addObject().put("file", name), rows, changes);
    }
    table.append(
        String.format(
            Locale.ROOT,
            "%-11s %6.2f %6.2f %5.2f  %d of %d, %d%n",
            name,
            rows.far(),
            rows.mar(),
            rows.f1(),
            changes.found(),
            changes.points(),
            changes.falseOnes()));
  }

  private static void put(ObjectNode json, RowCounts rows, ChangeScore changes) {
    number(json, "far", rows.far());
    number(json, "mar", rows.mar());
    number(json, "f1", rows.f1());
    number(json, "changePointNab", changes.scaled());
    json.put("changePoints", changes.points());
    json.put("changePointsFound", changes.found());
    json.put("changePointsFalse", changes.falseOnes());
  }

  private static void number(ObjectNode json, String name, double value) {
    if (Double.isFinite(value)) {
      json.put(name, value);
    } else {
      json.putNull(name);
    }
  }
}
