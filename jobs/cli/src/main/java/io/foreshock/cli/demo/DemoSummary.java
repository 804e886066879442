package io.foreshock.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.score.Quantiles;
import io.foreshock.fleet.SeededFailure;
import io.foreshock.model.Detection;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * How a demo ended.
 *
 * @param settings what was shown
 * @param simulatedUntil simulated time at which the last message was sent
 * @param wallSeconds from the first to the last message
 * @param score comparison with the truth
 * @param detections seen, all severities
 * @param repeats detections seen more than once
 * @param latencyMicros end to end
 * @param messages sent
 * @param readings in these messages
 * @param figures of the job
 * @param firstDetectionSeconds from the start of the program to the first detection; NaN for none
 * @param drained whether the job had read everything before the score was taken
 * @param stopped whether somebody ended the demo early
 * @param products trips, operations and features; null when their jobs were left out
 */
record DemoSummary(
    DemoSettings settings,
    long simulatedUntil,
    double wallSeconds,
    DemoScore score,
    int detections,
    int repeats,
    Histogram latencyMicros,
    long messages,
    long readings,
    DemoInstallation.JobFigures figures,
    double firstDetectionSeconds,
    boolean drained,
    boolean stopped,
    ProductSummary products) {

  /** Most false alarms per machine-month with which a demo counts as passed. */
  static final double ALLOWED_FALSE_ALARMS = 0.10;

  private static final double HOURS_PER_MONTH = 730;

  /** What the figures say, and what they cannot say. */
  enum Verdict {
    /** Failures completed, all were found, and healthy machines were left alone. */
    PASSED("passed"),
    FAILED("failed"),
    NOTHING_COMPLETED("nothing completed: not judged"),
    NOT_DRAINED("the job had not read everything: not judged"),
    STOPPED("stopped early: not judged");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }
  }

  Verdict verdict() {
    if (stopped) {
      return Verdict.STOPPED;
    }
    if (!drained) {
      return Verdict.NOT_DRAINED;
    }
    if (score.completed(simulatedUntil) == 0) {
      return Verdict.NOTHING_COMPLETED;
    }
    return score.missed().isEmpty() && falseAlarmsPerMachineMonth() <= ALLOWED_FALSE_ALARMS
        ? Verdict.PASSED
        : Verdict.FAILED;
  }

  /** 0 when the demo passed or somebody ended it early, else 1. */
  int exitCode() {
    return verdict() == Verdict.PASSED || verdict() == Verdict.STOPPED ? 0 : 1;
  }

  double falseAlarmsPerMachineMonth() {
    double months = settings.fleet().assets() * simulatedHours() / HOURS_PER_MONTH;
    return months == 0 ? 0 : score.falseAlarms().size() / months;
  }

  private double simulatedHours() {
    return (simulatedUntil - settings.fleet().startMillis()) / 3_600_000.0;
  }

  /** The summary for people. */
  String toText(DetectionLine line) {
    StringBuilder text = new StringBuilder("Summary\n");
    long completed = score.completed(simulatedUntil);
    long found = completed - score.missed().size();
    row(
        text,
        "simulated",
        "%.1f h of %d assets in %.0f s, seed %d",
        simulatedHours(),
        settings.fleet().assets(),
        wallSeconds,
        settings.fleet().seed());
    row(
        text,
        "seeded failures",
        "%d completed, %d found, %d missed; %d of %d that did not complete were found as well",
        completed,
        found,
        score.missed().size(),
        score.found().size() - found,
        score.found().size() - found + score.unfinished().size());
    row(
        text,
        "lead time",
        score.found().isEmpty() ? "-" : "median %.1f h, p10 %.1f h (simulated)",
        Quantiles.of(score.leadHours(), 0.5),
        Quantiles.of(score.leadHours(), 0.1));
    row(
        text,
        "false alarms",
        "%d on healthy machines, %.3f per machine-month (at most %.2f); %d named another component of a failing machine",
        score.falseAlarms().size(),
        falseAlarmsPerMachineMonth(),
        ALLOWED_FALSE_ALARMS,
        score.misattributed().size());
    row(
        text,
        "latency",
        latencyMicros.getTotalCount() == 0
            ? "-"
            : "p50 %.0f ms, p99 %.0f ms, max %.0f ms over %d detections, from send to read_committed poll",
        millis(50),
        millis(99),
        millis(100),
        latencyMicros.getTotalCount());
    row(
        text,
        "throughput",
        "%,d messages (%,.0f/s), %,d readings (%,.0f/s)",
        messages,
        messages / wallSeconds,
        readings,
        readings / wallSeconds);
    row(
        text,
        "job",
        "%d detections, %d seen twice, %d checkpoints, %d restarts%s",
        detections,
        repeats,
        figures.checkpoints(),
        figures.restarts(),
        drained ? "" : ", stopped before it had read everything");
    row(
        text,
        "first detection",
        Double.isNaN(firstDetectionSeconds) ? "none" : "after %.1f s",
        firstDetectionSeconds);
    if (products != null) {
      products.appendTo(text);
    }
    row(text, "verdict", "%s", verdict().text);
    for (SeededFailure missed : score.missed()) {
      row(
          text,
          "missed",
          "%s %s %s %s, failed %s",
          missed.asset().assetId(),
          missed.asset().tenant(),
          missed.kind().component(),
          missed.kind().failureMode(),
          DemoText.clock(missed.failureMillis()));
    }
    for (Detection alarm : score.falseAlarms()) {
      row(
          text,
          "false alarm",
          "%s  %s  %s",
          DemoText.clock(alarm.eventTimeMillis()),
          DetectionLine.subject(alarm),
          line.evidence(alarm));
    }
    return text.toString();
  }

  /** The summary for programs; an unknown figure is null. */
  ObjectNode toJson() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("passed", verdict() == Verdict.PASSED);
    root.put("verdict", verdict().text);
    root.put("seed", settings.fleet().seed());
    root.put("assets", settings.fleet().assets());
    root.put("tenants", settings.fleet().tenants().size());
    number(root, "speed", settings.speed());
    number(root, "simulatedHours", simulatedHours());
    number(root, "wallSeconds", wallSeconds);
    ObjectNode failures = root.putObject("failures");
    long completed = score.completed(simulatedUntil);
    failures.put(
        "seeded", score.found().size() + score.missed().size() + score.unfinished().size());
    failures.put("completed", completed);
    failures.put("found", completed - score.missed().size());
    failures.put("foundBeforeCompletion", score.found().size() - completed + score.missed().size());
    ArrayNode missed = failures.putArray("missed");
    score
        .missed()
        .forEach(
            f ->
                missed.add(
                    f.asset().key() + " " + f.kind().component() + " " + f.kind().failureMode()));
    number(root, "leadHoursMedian", Quantiles.of(score.leadHours(), 0.5));
    number(root, "leadHoursP10", Quantiles.of(score.leadHours(), 0.1));
    root.put("falseAlarms", score.falseAlarms().size());
    number(root, "falseAlarmsPerMachineMonth", falseAlarmsPerMachineMonth());
    number(root, "falseAlarmsPerMachineMonthAllowed", ALLOWED_FALSE_ALARMS);
    root.put("misattributed", score.misattributed().size());
    ObjectNode latency = root.putObject("latencyMillis");
    boolean measured = latencyMicros.getTotalCount() > 0;
    number(latency, "p50", measured ? millis(50) : Double.NaN);
    number(latency, "p99", measured ? millis(99) : Double.NaN);
    number(latency, "max", measured ? millis(100) : Double.NaN);
    latency.put("count", latencyMicros.getTotalCount());
    root.put("messages", messages);
    root.put("readings", readings);
    root.put("detections", detections);
    root.put("detectionsSeenTwice", repeats);
    root.put("checkpoints", figures.checkpoints());
    root.put("restarts", figures.restarts());
    root.put("drained", drained);
    root.put("stopped", stopped);
    number(root, "firstDetectionSeconds", firstDetectionSeconds);
    if (products != null) {
      products.putInto(root);
    }
    return root;
  }

  private double millis(double percentile) {
    return latencyMicros.getValueAtPercentile(percentile) / 1000.0;
  }

  private static void row(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "  %-16s ", name))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }

  private static void number(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, Math.round(value * 1000) / 1000.0);
    }
  }
}
