package io.foreshock.backtest.report;

import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.JudgedAlarm;
import java.awt.Color;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of the result: failures, true and false alarms over time, one line for each asset. */
final class BacktestChart {
  private final Path file;

  BacktestChart(Path file) {
    this.file = file;
  }

  /** Draws the picture; a machine without fonts gets a sentence instead. */
  void draw(Answer answer, Truth truth, PrintWriter console) throws IOException {
    try {
      Map<String, Integer> lines = lines(answer, truth);
      XYChart chart =
          new XYChartBuilder()
              .width(1400)
              .height(Math.max(500, 220 + 14 * lines.size()))
              .title("Failures and alarms")
              .xAxisTitle("")
              .yAxisTitle("asset")
              .build();
      chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
      chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
      chart.getStyler().setChartBackgroundColor(Color.WHITE);
      chart.getStyler().setDatePattern("MMM yyyy");
      chart.getStyler().setMarkerSize(7);
      List<ComponentEvent> right = new ArrayList<>();
      List<ComponentEvent> wrong = new ArrayList<>();
      answer.alarms().stream()
          .map(JudgedAlarm::verdict)
          .forEach(v -> (v.isTrue() ? right : wrong).add(v.alarm()));
      List<ComponentEvent> unjudged = new ArrayList<>(truth.failures());
      unjudged.removeAll(truth.observation().failures());
      add(chart, lines, "failure", truth.observation().failures(), new Color(60, 60, 60), false);
      add(chart, lines, "failure, not judged", unjudged, new Color(200, 200, 200), false);
      add(chart, lines, "true alarm", right, new Color(30, 140, 60), true);
      add(chart, lines, "false alarm", wrong, new Color(200, 40, 40), true);
      if (!chart.getSeriesMap().isEmpty()) {
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
      }
    } catch (LinkageError | java.awt.AWTError | InternalError e) {
      console.println("No timeline: this Java cannot draw text (" + e.getMessage() + ").");
    }
  }

  /** Line of each asset with a failure or an alarm, from 1. */
  private static Map<String, Integer> lines(Answer answer, Truth truth) {
    SortedSet<String> names =
        new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(String::compareTo));
    truth.failures().forEach(failure -> names.add(failure.asset()));
    answer.alarms().forEach(alarm -> names.add(alarm.verdict().alarm().asset()));
    Map<String, Integer> lines = new LinkedHashMap<>();
    names.forEach(name -> lines.put(name, lines.size() + 1));
    return lines;
  }

  private static void add(
      XYChart chart,
      Map<String, Integer> lines,
      String name,
      List<ComponentEvent> events,
      Color colour,
      boolean alarm) {
    if (events.isEmpty()) {
      return;
    }
    List<Date> times = new ArrayList<>();
    List<Integer> assets = new ArrayList<>();
    for (ComponentEvent event : events) {
      times.add(new Date(event.millis()));
      assets.add(lines.get(event.asset()));
    }
    XYSeries series = chart.addSeries(name, times, assets);
    series.setMarker(alarm ? SeriesMarkers.TRIANGLE_UP : SeriesMarkers.CROSS);
    series.setMarkerColor(colour);
  }
}
