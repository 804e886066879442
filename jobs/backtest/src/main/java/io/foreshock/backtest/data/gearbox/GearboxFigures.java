package io.foreshock.backtest.data.gearbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.gearbox.GearboxPlan.Part;
import io.foreshock.model.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How well spectral indicators tell broken blocks from healthy ones.
 *
 * <p>The score of a block is the mean deviation of its spectral indicators from the calibration,
 * each counted up to 10; that of a moment the mean over the sensors. A block is called broken when
 * its score is above twice the largest of the calibration: no block that is judged is looked at for
 * it.
 */
final class GearboxFigures {
  private static final double MARGIN = 2;

  private final ObjectMapper mapper = new ObjectMapper();
  private final ObjectNode json = mapper.createObjectNode();
  private final StringBuilder table = new StringBuilder();
  private final Indicators indicators;

  private GearboxFigures(Indicators indicators) {
    this.indicators = indicators;
  }

  static Figures of(Indicators indicators, GearboxPlan plan, List<Detection> detections) {
    GearboxFigures figures = new GearboxFigures(indicators);
    figures.add(plan, detections);
    return new Figures(figures.json, figures.table.toString());
  }

  /** Scores of the blocks of each part. */
  private record Scores(double[] calibration, double[] healthy, double[] broken) {
    double limit() {
      return MARGIN * Arrays.stream(calibration).max().orElseThrow();
    }

    static Scores mean(List<Scores> scores) {
      return new Scores(
          average(scores.stream().map(Scores::calibration).toList()),
          average(scores.stream().map(Scores::healthy).toList()),
          average(scores.stream().map(Scores::broken).toList()));
    }

    private static double[] average(List<double[]> rows) {
      double[] mean = new double[rows.get(0).length];
      for (double[] row : rows) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += row[i] / rows.size();
        }
      }
      return mean;
    }
  }

  private Scores scores(int sensor, String name) {
    double[] calibration = indicators.values(sensor, Part.CALIBRATION, name);
    Calibrated calibrated = Calibrated.on(calibration);
    return new Scores(
        calibrated.deviations(calibration),
        calibrated.deviations(indicators.values(sensor, Part.HEALTHY, name)),
        calibrated.deviations(indicators.values(sensor, Part.BROKEN, name)));
  }

  private void add(GearboxPlan plan, List<Detection> detections) {
    json.put("format", "gearbox");
    List<Scores> sensors = new ArrayList<>();
    for (int s = 0; s < Vibration.SENSORS.size(); s++) {
      int sensor = s;
      sensors.add(Scores.mean(indicators.names().stream().map(n -> scores(sensor, n)).toList()));
    }
    Scores all = Scores.mean(sensors);
    ObjectNode blocks = json.putObject("blocks");
    blocks.put("samples", Vibration.BLOCK);
    blocks.put("calibration", all.calibration().length);
    blocks.put("healthy", all.healthy().length);
    blocks.put("broken", all.broken().length);
    line(
        "%-24s %8s %8s %9s %8s %8s",
        "spectral indicators", "AUC", "accuracy", "healthy", "broken", "limit");
    put(json.putObject("spectral"), "all sensors", all);
    ArrayNode bySensor = json.putArray("sensors");
    for (int s = 0; s < sensors.size(); s++) {
      ObjectNode node = bySensor.addObject().put("sensor", Vibration.SENSORS.get(s));
      put(node, "sensor " + Vibration.SENSORS.get(s), sensors.get(s));
    }
    addIndicators();
    addDetections(plan, detections);
  }

  private void put(ObjectNode node, String name, Scores scores) {
    double limit = scores.limit();
    double healthy = 1 - Calibrated.above(limit, scores.healthy());
    double broken = Calibrated.above(limit, scores.broken());
    double auc = Calibrated.auc(scores.broken(), scores.healthy());
    double accuracy =
        (healthy * scores.healthy().length + broken * scores.broken().length)
            / (scores.healthy().length + scores.broken().length);
    node.put("auc", round(auc));
    node.put("accuracy", round(accuracy));
    node.put("healthyAccuracy", round(healthy));
    node.put("brokenAccuracy", round(broken));
    node.put("limit", round(limit));
    node.put("healthyLargest", round(Arrays.stream(scores.healthy()).max().orElseThrow()));
    node.put("brokenSmallest", round(Arrays.stream(scores.broken()).min().orElseThrow()));
    line("%-24s %8.3f %8.3f %9.3f %8.3f %8.2f", name, auc, accuracy, healthy, broken, limit);
  }

  private void addIndicators() {
    ArrayNode array = json.putArray("indicators");
    line("");
    line(
        "%-24s %8s %8s %8s %8s   AUC of one indicator, either direction",
        "indicator", "a1", "a2", "a3", "a4");
    for (boolean spectral : new boolean[] {true, false}) {
      for (String name : spectral ? indicators.names() : indicators.plain()) {
        ObjectNode node = array.addObject().put("channel", name).put("spectral", spectral);
        ObjectNode auc = node.putObject("auc");
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-24s", name));
        for (int s = 0; s < Vibration.SENSORS.size(); s++) {
          Scores scores = scores(s, name);
          double value = Calibrated.auc(scores.broken(), scores.healthy());
          auc.put(Vibration.SENSORS.get(s), round(value));
          row.append(String.format(Locale.ROOT, " %8.3f", value));
        }
        table.append(row).append(System.lineSeparator());
      }
    }
  }

  private void addDetections(GearboxPlan plan, List<Detection> detections) {
    ObjectNode node = json.putObject("pipeline");
    ArrayNode points = node.putArray("points");
    long splice = GearboxPlan.FIRST_MILLIS + plan.calibration() * GearboxPlan.PERIOD_MILLIS;
    int broken = 0;
    int healthyAlarms = 0;
    line("");
    for (int s = 0; s < Vibration.SENSORS.size(); s++) {
      String healthyPoint = GearboxPlan.point(GearboxPlan.HEALTHY, s);
      String brokenPoint = GearboxPlan.point(GearboxPlan.BROKEN, s);
      List<Detection> early =
          detections.stream()
              .filter(
                  d ->
                      d.asset().assetId().equals(healthyPoint)
                          || d.asset().assetId().equals(brokenPoint)
                              && d.eventTimeMillis() < splice)
              .toList();
      List<Detection> right =
          detections.stream()
              .filter(d -> d.asset().assetId().equals(brokenPoint) && d.eventTimeMillis() >= splice)
              .toList();
      healthyAlarms += early.size();
      broken += right.isEmpty() ? 0 : 1;
      ObjectNode point = points.addObject().put("sensor", Vibration.SENSORS.get(s));
      point.put("brokenDetected", !right.isEmpty());
      point.put("healthyAlarms", early.size());
      if (right.isEmpty()) {
        point.putNull("blocksUntilDetected");
      } else {
        point.put(
            "blocksUntilDetected",
            (right.get(0).eventTimeMillis() - splice) / GearboxPlan.PERIOD_MILLIS + 1);
      }
    }
    node.put("brokenPointsDetected", broken);
    node.put("healthyAlarms", healthyAlarms);
    node.put("brokenDetected", broken > 0);
    line(
        "pattern gear-spectrum-changed: broken gearbox found at %d of %d sensors, %d alarms while healthy",
        broken, Vibration.SENSORS.size(), healthyAlarms);
  }

  private void line(String format, Object... values) {
    table.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  private static double round(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
