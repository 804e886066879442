package io.foreshock.backtest.page;

import io.foreshock.model.Detection;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a report tells, apart from what was measured ({@link Tracks}). Times are milliseconds since
 * 1970 (UTC). Failures, alarms and work may name only machines that are in {@code machines}.
 *
 * @param heading what the report is about
 * @param machines every machine of the backtest, in the order in which it is shown
 * @param failures what really broke
 * @param alarms what the patterns said, with what came of it
 * @param work maintenance
 * @param scores figures, one line for each group
 * @param tradeoffs one for each parameter that was varied; may be empty
 * @param versions the same beside other patterns; empty when nothing was compared
 * @param words how a signal of an alarm's evidence reads
 */
public record Report(
    Heading heading,
    List<Machine> machines,
    List<Failure> failures,
    List<Alarm> alarms,
    List<Work> work,
    List<ScoreLine> scores,
    List<Tradeoff> tradeoffs,
    Optional<Versions> versions,
    EvidenceWords words) {

  /**
   * What the report is about.
   *
   * @param title one line, e.g. the name of the data set
   * @param source where the data came from and what became of them, in lines
   * @param zone zone of the plant: times are shown in it unless the reader picks another
   * @param madeAt when the report was made
   * @param patterns what was run, e.g. {@code bearing-wear 3}
   * @param notes what a reader must know to judge the figures, one sentence each
   * @param ownFigures table of the data set's own protocol, as text; empty when it has none
   */
  public record Heading(
      String title,
      List<String> source,
      ZoneId zone,
      Instant madeAt,
      List<String> patterns,
      List<String> notes,
      String ownFigures) {}

  /**
   * A machine.
   *
   * @param id name of the asset
   * @param kind class of the asset, e.g. pump; empty when not known
   * @param watched when there were data to judge by, in order, not overlapping
   */
  public record Machine(String id, String kind, List<Span> watched) {}

  /** From one time to another, the end excluded. */
  public record Span(long fromMillis, long toMillis) {}

  /** Whether a failure was announced. */
  public enum Outcome {
    WARNED,
    MISSED,
    /** Not enough was recorded before it to ask. */
    NOT_JUDGED
  }

  /**
   * A failure.
   *
   * @param leadMillis from the first alarm within the horizon to the failure; 0 unless warned
   * @param note why it was missed, e.g. how far a pattern came; may be empty
   */
  public record Failure(
      String machine,
      String component,
      long timeMillis,
      Outcome outcome,
      long leadMillis,
      String note) {}

  /** What came of an alarm. */
  public enum Verdict {
    TRUE,
    FALSE,
    /** Outside of what was watched, of a severity that is not scored, or a repetition. */
    NOT_JUDGED
  }

  /**
   * A detection and what came of it.
   *
   * @param failureMillis time of the failure that followed; 0 unless the verdict is true
   */
  public record Alarm(Detection detection, Verdict verdict, long failureMillis) {}

  /**
   * Maintenance.
   *
   * @param kind what was done, e.g. replaced; may be empty
   */
  public record Work(String machine, String component, String kind, long timeMillis) {}
}
