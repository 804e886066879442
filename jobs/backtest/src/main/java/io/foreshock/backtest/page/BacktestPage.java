package io.foreshock.backtest.page;

import io.foreshock.backtest.run.PatternChoice;
import io.foreshock.backtest.run.Results;
import io.foreshock.backtest.run.RunCost;
import io.foreshock.backtest.run.RunWishes;
import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.JudgedHistory;
import io.foreshock.backtest.score.WatchedTime;
import io.foreshock.model.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The report of a backtest.
 *
 * @param title name of what was recorded
 * @param source where it came from, and what else to say about it, in lines
 * @param ownFigures table of the data set's own protocol; empty when it has none
 * @param zone zone of the plant
 * @param patterns what was run
 * @param history what happened and when it was watched
 * @param maintenance work done
 * @param answer what came of it
 */
public record BacktestPage(
    String title,
    List<String> source,
    String ownFigures,
    ZoneId zone,
    PatternChoice patterns,
    JudgedHistory history,
    List<ComponentEvent> maintenance,
    Answer answer) {
  /** What the run has to keep for a report: when symptoms began and ended. */
  public static final RunWishes WISHES = new RunWishes(true, false);

  /**
   * Writes the report.
   *
   * @param records file of the records that were run; it is read twice
   * @param signals what the detectors said, by time
   * @param madeAt now
   * @return size of the file in bytes
   * @throws ReportException when it cannot be written
   */
  public long write(Path file, Path records, Results<Signal> signals, Instant madeAt)
      throws IOException {
    PatternWords words = new PatternWords(patterns.definitions(), patterns.config().channels());
    RecordCensus census = RecordCensus.of(records);
    Report report = report(words, census, madeAt);
    Tracks tracks =
        new RecordedTracks(report, patterns.definitions(), words).read(records, census, signals);
    return new ReportWriter(report, tracks).write(file);
  }

  private Report report(PatternWords words, RecordCensus census, Instant madeAt) {
    FleetEvents events = new FleetEvents(answer, history);
    return new Report(
        new Report.Heading(
            title,
            source,
            zone,
            madeAt,
            patterns.definitions().stream()
                .map(pattern -> pattern.name() + " " + pattern.version())
                .toList(),
            notes(),
            ownFigures),
        machines(census),
        events.failures(),
        events.alarms(),
        maintenance.stream()
            .filter(work -> history.watched().containsKey(work.asset()))
            .map(work -> new Report.Work(work.asset(), work.component(), "", work.millis()))
            .toList(),
        FleetScores.of(answer),
        FleetTradeoffs.of(answer),
        FleetVersions.of(answer, history.watched().keySet()),
        words);
  }

  private List<Report.Machine> machines(RecordCensus census) {
    List<Report.Machine> machines = new ArrayList<>();
    history
        .watched()
        .forEach(
            (id, watched) ->
                machines.add(
                    new Report.Machine(id, census.kinds().getOrDefault(id, ""), spans(watched))));
    machines.sort(
        Comparator.comparingInt((Report.Machine machine) -> machine.id().length())
            .thenComparing(Report.Machine::id));
    return machines;
  }

  private static List<Report.Span> spans(WatchedTime watched) {
    List<Report.Span> spans = new ArrayList<>();
    watched.forEach((from, to) -> spans.add(new Report.Span(from, to)));
    return spans;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        String.format(
            Locale.ROOT,
            "An alarm is true when its component fails within %s after it; after an alarm its machine and"
                + " component are silent for %s.",
            hours(answer.protocol().horizon().toMinutes()),
            hours(answer.protocol().silence().toMinutes())));
    notes.add("A failure is judged when the time before it was watched.");
    notes.add(
        "Intervals: bootstrap over machines, "
            + answer.all().overall().intervals().draws()
            + " draws.");
    notes.add(
        "Random alarms: as many as the patterns raised on each machine and component, at random times; mean of "
            + answer.baselines().random().all().draws()
            + " draws.");
    answer
        .baselines()
        .threshold()
        .ifPresent(
            threshold ->
                notes.add(
                    "Single threshold: one limit on one channel for each component, chosen on "
                        + threshold.chosenOn()
                        + "."));
    answer.cost().ifPresent(cost -> notes.add(cost(cost)));
    return notes;
  }

  private static String cost(RunCost cost) {
    String state =
        cost.stateBytes() < 0
            ? ""
            : String.format(
                Locale.ROOT, ", %.1f kB of state per machine", cost.stateBytesPerAsset() / 1e3);
    return String.format(Locale.ROOT, "The run took %.1f s", cost.wallSeconds())
        + (Double.isNaN(cost.cpuSeconds())
            ? ""
            : String.format(Locale.ROOT, ", %.1f s of CPU", cost.cpuSeconds()))
        + state
        + ".";
  }

  private static String hours(long minutes) {
    return minutes % 60 == 0 ? minutes / 60 + " h" : minutes + " min";
  }
}
