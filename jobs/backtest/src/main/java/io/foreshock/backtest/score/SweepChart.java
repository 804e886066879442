package io.foreshock.backtest.score;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A picture of a sweep, three panels above each other on the axis of the values: recall and
 * precision, median lead time, false alarms per machine-month. With a split test is solid and train
 * is dashed.
 */
public final class SweepChart {
  private static final int WIDTH = 1000;
  private static final int PANEL_HEIGHT = 330;
  private static final Color RECALL = new Color(30, 110, 180);
  private static final Color PRECISION = new Color(30, 140, 60);
  private static final Color LEAD = new Color(120, 80, 160);
  private static final Color FALSE_ALARMS = new Color(200, 40, 40);

  private final Sweep sweep;

  public SweepChart(Sweep sweep) {
    this.sweep = sweep;
  }

  /**
   * Draws the picture as PNG.
   *
   * @return what to tell instead when this Java cannot draw text; empty when it was drawn
   */
  public String draw(Path file) throws IOException {
    try {
      XYChart shares = panel("share");
      line(shares, "recall", RECALL, Score::recall);
      line(shares, "precision", PRECISION, Score::precision);
      shares.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
      XYChart lead = panel("hours");
      line(lead, "median lead time", LEAD, Score::leadHoursMedian);
      lead.getStyler().setYAxisMin(0.0);
      XYChart alarms = panel("per machine-month");
      line(alarms, "false alarms", FALSE_ALARMS, Score::falseAlarmsPerMachineMonth);
      alarms.getStyler().setYAxisMin(0.0);
      List<XYChart> panels =
          List.of(shares, lead, alarms).stream()
              .filter(panel -> !panel.getSeriesMap().isEmpty())
              .toList();
      if (panels.isEmpty()) {
        return "No picture of the sweep: there is nothing to draw.";
      }
      BitmapEncoder.saveBitmap(
          panels, panels.size(), 1, file.toString(), BitmapEncoder.BitmapFormat.PNG);
      return "";
    } catch (LinkageError | java.awt.AWTError | InternalError e) {
      return "No picture of the sweep: this Java cannot draw text (" + e.getMessage() + ").";
    }
  }

  private XYChart panel(String axis) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(PANEL_HEIGHT)
            .title(sweep.pattern() + ": " + sweep.path())
            .xAxisTitle(sweep.unit())
            .yAxisTitle(axis)
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    return chart;
  }

  private void line(XYChart chart, String name, Color colour, ToDoubleFunction<Score> figure) {
    boolean split = !sweep.points().isEmpty() && sweep.points().get(0).split().isPresent();
    if (!split) {
      line(chart, name, colour, false, point -> figure.applyAsDouble(point.all().score()));
      return;
    }
    line(
        chart,
        name + ", test",
        colour,
        false,
        point -> figure.applyAsDouble(point.split().orElseThrow().test().score()));
    line(
        chart,
        name + ", train",
        colour,
        true,
        point -> figure.applyAsDouble(point.split().orElseThrow().train().score()));
  }

  private void line(
      XYChart chart,
      String name,
      Color colour,
      boolean dashed,
      ToDoubleFunction<Sweep.Point> figure) {
    List<Double> values = new ArrayList<>();
    List<Double> figures = new ArrayList<>();
    for (Sweep.Point point : sweep.points()) {
      double y = figure.applyAsDouble(point);
      if (!Double.isNaN(y)) {
        values.add(point.number());
        figures.add(y);
      }
    }
    if (!values.isEmpty()) {
      XYSeries series = chart.addSeries(name, values, figures);
      series.setLineColor(colour);
      series.setMarkerColor(colour);
      series.setMarker(dashed ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
      series.setLineStyle(dashed ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
    }
  }
}
