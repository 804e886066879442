package io.foreshock.cli.backtest;

import java.awt.Color;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A picture of the result: failures, true and false alarms over time, one line for each machine.
 */
final class BacktestChart {
  private final Path file;

  BacktestChart(Path file) {
    this.file = file;
  }

  /** Draws the picture; a machine without fonts gets a sentence instead. */
  void draw(BacktestResult result, AzurePdmData data, Observation observation, PrintWriter console)
      throws IOException {
    try {
      XYChart chart =
          new XYChartBuilder()
              .width(1400)
              .height(Math.max(500, 220 + 14 * data.machines().size()))
              .title("Failures and alarms")
              .xAxisTitle("")
              .yAxisTitle("machine")
              .build();
      chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
      chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
      chart.getStyler().setChartBackgroundColor(Color.WHITE);
      chart.getStyler().setDatePattern("MMM yyyy");
      chart.getStyler().setMarkerSize(7);
      List<ComponentEvent> right = new ArrayList<>();
      List<ComponentEvent> wrong = new ArrayList<>();
      result.alarms().forEach(v -> (v.isTrue() ? right : wrong).add(v.alarm()));
      List<ComponentEvent> unjudged = new ArrayList<>(data.failures());
      unjudged.removeAll(observation.failures());
      add(chart, "failure", observation.failures(), new Color(60, 60, 60), false);
      add(chart, "failure, not judged", unjudged, new Color(200, 200, 200), false);
      add(chart, "true alarm", right, new Color(30, 140, 60), true);
      add(chart, "false alarm", wrong, new Color(200, 40, 40), true);
      if (!chart.getSeriesMap().isEmpty()) {
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
      }
    } catch (LinkageError | java.awt.AWTError | InternalError e) {
      console.println("No timeline: this Java cannot draw text (" + e.getMessage() + ").");
    }
  }

  private static void add(
      XYChart chart, String name, List<ComponentEvent> events, Color colour, boolean alarm) {
    if (events.isEmpty()) {
      return;
    }
    List<Date> times = new ArrayList<>();
    List<Integer> machines = new ArrayList<>();
    for (ComponentEvent event : events) {
      times.add(new Date(event.millis()));
      machines.add(event.machine());
    }
    XYSeries series = chart.addSeries(name, times, machines);
    series.setMarker(alarm ? SeriesMarkers.TRIANGLE_UP : SeriesMarkers.CROSS);
    series.setMarkerColor(colour);
  }
}
