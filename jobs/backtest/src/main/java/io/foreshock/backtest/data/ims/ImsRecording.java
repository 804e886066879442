package io.foreshock.backtest.data.ims;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.Messages;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.RunToFailure;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.history.CsvFile;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.score.AssetHours;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.Observation;
import io.foreshock.model.Detection;
import io.foreshock.model.Measurement;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rig as one asset with four channels. Bearing 1 failed at the end; the others were healthy
 * until a day before it, when everything shook.
 */
final class ImsRecording implements Recording {
  private static final String TENANT = "ims";
  private static final String ASSET = "rig-2";
  private static final String ASSET_CLASS = "bearing-rig";
  private static final String FAILED = "bearing-1";
  private static final int BEARINGS = 4;
  private static final double HOUR_MILLIS = 3_600_000.0;
  private static final double HEALTHY_HOURS = 24;

  private record Row(long millis, double[] values) {}

  private final Path folder;
  private final List<Row> rows;

  private ImsRecording(Path folder, List<Row> rows) {
    this.folder = folder;
    this.rows = rows;
  }

  static ImsRecording read(Path folder) {
    List<Row> rows = new ArrayList<>();
    List<String> columns = new ArrayList<>(List.of("timestamp"));
    for (int bearing = 1; bearing <= BEARINGS; bearing++) {
      columns.add("Bearing " + bearing);
    }
    CsvFile file = CsvFile.require(folder, Ims.FILE, "ims");
    file.read(
        columns,
        row -> {
          double[] values = new double[BEARINGS];
          for (int i = 0; i < BEARINGS; i++) {
            values[i] = row.number(i + 1);
          }
          rows.add(new Row(row.time(0), values));
        });
    if (rows.isEmpty()) {
      throw BacktestException.wrongInput(folder.resolve(file.name()) + " holds no readings.");
    }
    return new ImsRecording(folder, List.copyOf(rows));
  }

  @Override
  public List<String> describe() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: %d readings of four bearings in %.1f h, until bearing 1 failed",
            folder,
            rows.size(),
            (endMillis() - rows.get(0).millis()) / HOUR_MILLIS));
  }

  @Override
  public String referenceSet() {
    return PatternCatalogue.IMS;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    Messages messages = new Messages(TENANT, ASSET_CLASS, target);
    for (Row row : rows) {
      List<Measurement> readings = new ArrayList<>(BEARINGS);
      for (int i = 0; i < BEARINGS; i++) {
        readings.add(
            new Measurement("bearing_" + (i + 1) + "_vibration", row.millis(), row.values()[i]));
      }
      messages.send(ASSET, row.millis(), readings);
    }
    return messages.written();
  }

  private long endMillis() {
    return rows.get(rows.size() - 1).millis();
  }

  @Override
  public Truth truth() {
    AssetHours hours = new AssetHours(rows.get(0).millis());
    rows.forEach(row -> hours.add(ASSET, row.millis()));
    List<ComponentEvent> failures = List.of(new ComponentEvent(ASSET, FAILED, endMillis()));
    return new Truth(failures, List.of(), List.of(), Observation.ofTelemetry(hours, failures));
  }

  @Override
  public Optional<Figures> figures(RunOutcome outcome) {
    Map<String, Double> first = new TreeMap<>();
    long healthy = 0;
    for (Detection detection : outcome.detections().list()) {
      double left = (endMillis() - detection.eventTimeMillis()) / HOUR_MILLIS;
      first.putIfAbsent(detection.component(), left);
      healthy += !detection.component().equals(FAILED) && left > HEALTHY_HOURS ? 1 : 0;
    }
    Double lead = first.get(FAILED);
    RunToFailure run =
        new RunToFailure(1, lead == null ? List.of() : List.of(lead), healthy, "hours");
    ObjectNode json = new ObjectMapper().createObjectNode();
    run.putTo(json);
    ObjectNode firstAlarms = json.putObject("firstAlarmHoursBeforeEnd");
    StringBuilder others = new StringBuilder();
    for (int bearing = 1; bearing <= BEARINGS; bearing++) {
      String component = "bearing-" + bearing;
      Double left = first.get(component);
      firstAlarms.put(component, left == null ? null : Math.round(left * 100) / 100.0);
      others.append(
          left == null
              ? String.format(Locale.ROOT, "  %s        no alarm%n", component)
              : String.format(
                  Locale.ROOT, "  %s        first alarm %.1f h before the end%n", component, left));
    }
    String table =
        String.format(
            Locale.ROOT,
            "  failed bearing   %s%n  healthy bearings %d alarms until %.0f h before the end%n%s",
            run.line(),
            healthy,
            HEALTHY_HOURS,
            others);
    return Optional.of(new Figures(json, table));
  }
}
