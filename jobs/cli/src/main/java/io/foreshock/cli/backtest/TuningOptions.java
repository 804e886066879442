package io.foreshock.cli.backtest;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.run.PatternChoice;
import io.foreshock.backtest.score.SweepPlan;
import io.foreshock.backtest.score.SweepRequest;
import io.foreshock.backtest.score.Tuning;
import io.foreshock.cli.CliFailure;
import io.foreshock.model.Detection.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What is compared, what is tried out, and which machines are held out from it. */
final class TuningOptions {

  @Option(
      names = "--train",
      paramLabel = "LIST",
      description =
          "Machines to tune on: everything that is chosen is chosen on these alone. Ids, patterns like pump-*,"
              + " or ranges of the number at the end like 1-25.")
  private String train;

  @Option(
      names = "--test",
      paramLabel = "LIST",
      description = "Machines held out: reported apart, and nothing is chosen on them.")
  private String test;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Other patterns, side by side, with every alarm that differs.")
  private Path compare;

  @Option(
      names = "--sweep",
      paramLabel = "KEY=VALUES",
      description =
          "Try values of one key, e.g. symptoms.hot.above=3..6, …=3..6:0.5, …=3,4,5; with pattern-name/ in front when"
              + " several patterns have the key. May be given more than once.")
  private List<String> sweeps = new ArrayList<>();

  @Option(
      names = "--alarms",
      paramLabel = "SEVERITY",
      defaultValue = "critical",
      description =
          "Detections from this severity on are alarms: watch, warning or critical. Default: ${DEFAULT-VALUE}.")
  private String alarms;

  /**
   * Everything that can be checked before anything runs.
   *
   * @throws BacktestException when something is wrong
   */
  Tuning check(Recording recording, PatternChoice patterns) {
    if ((train == null) != (test == null)) {
      throw CliFailure.wrongInput(
          "--train and --test go together: one says what is tuned on, the other what is judged.");
    }
    return new Tuning(
        patterns,
        Optional.ofNullable(compare).map(file -> PatternChoice.choose(file, recording)),
        sweeps(patterns),
        alarmSeverities(),
        Optional.ofNullable(train),
        Optional.ofNullable(test));
  }

  private List<SweepPlan> sweeps(PatternChoice patterns) {
    try {
      List<SweepPlan> plans = new ArrayList<>();
      for (String sweep : sweeps) {
        plans.add(
            SweepPlan.of(
                SweepRequest.parse(sweep),
                plans.size() + 1,
                patterns.texts(),
                patterns.language()));
      }
      return plans;
    } catch (IllegalArgumentException e) {
      throw BacktestException.wrongInput(e.getMessage(), e);
    }
  }

  private Set<Severity> alarmSeverities() {
    for (Severity severity : Severity.values()) {
      if (severity.name().toLowerCase(Locale.ROOT).equals(alarms)) {
        return EnumSet.range(severity, Severity.CRITICAL);
      }
    }
    throw CliFailure.wrongInput(
        "--alarms must be watch, warning or critical, but is \"" + alarms + "\".");
  }
}
