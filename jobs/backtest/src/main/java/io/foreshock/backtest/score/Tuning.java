package io.foreshock.backtest.score;

import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.run.PatternChoice;
import io.foreshock.backtest.run.RunWishes;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is wanted of a backtest besides one run: another version to compare with, values to try out,
 * assets to hold out.
 *
 * @param patterns patterns to judge
 * @param compare patterns to compare them with
 * @param sweeps values to try out
 * @param alarmSeverities detections of these severities are alarms
 * @param train assets to tune on, as typed; see {@link AssetList}
 * @param test assets held out, as typed; there when {@code train} is
 */
public record Tuning(
    PatternChoice patterns,
    Optional<PatternChoice> compare,
    List<SweepPlan> sweeps,
    Set<Severity> alarmSeverities,
    Optional<String> train,
    Optional<String> test) {

  /** What the run of the patterns has to keep: a comparison asks why an alarm did not come. */
  public RunWishes wishes() {
    return new RunWishes(false, compare.isPresent());
  }

  /**
   * The question to ask of this recording.
   *
   * @throws BacktestException when train or test name assets that do not exist, or the same ones
   */
  public Question question(Truth truth) {
    JudgedHistory history = JudgedHistory.of(truth);
    try {
      return new Question(
          Protocol.DEFAULT,
          Bootstrap.DEFAULT,
          history,
          truth.naive(),
          patterns.definitions(),
          alarmSeverities,
          train.map(list -> AssetSplit.parse(list, test.orElse(""), history.assets())));
    } catch (IllegalArgumentException e) {
      throw BacktestException.wrongInput(e.getMessage(), e);
    }
  }

  /**
   * The whole answer; runs all values of all sweeps in one go, and the other version in another.
   *
   * @param observed what the patterns brought
   * @param console told what is going on
   */
  public Answer answer(Question question, RecordedRuns runs, Observed observed, PrintWriter console)
      throws IOException {
    Answer answer = new Answers(question, runs, runs.readings()).of(observed);
    return answer.with(
        sweeps(question, runs, observed, console), compare(question, runs, observed, console));
  }

  private List<Sweep> sweeps(
      Question question, RecordedRuns runs, Observed observed, PrintWriter console)
      throws IOException {
    if (sweeps.isEmpty()) {
      return List.of();
    }
    int values = sweeps.stream().mapToInt(plan -> plan.variants().size()).sum();
    console.println("Sweep: " + values + " values in one run");
    console.flush();
    List<Detection> variants = runs.of(SweepPlan.patterns(sweeps), Set.of()).detections();
    Sweeper sweeper = new Sweeper(question, observed.detections());
    return sweeps.stream().map(plan -> sweeper.judge(plan, variants)).toList();
  }

  private Optional<Comparison> compare(
      Question question, RecordedRuns runs, Observed observed, PrintWriter console)
      throws IOException {
    if (compare.isEmpty()) {
      return Optional.empty();
    }
    PatternChoice other = compare.get();
    console.println("Compare with: " + other.description());
    console.flush();
    return Optional.of(
        new Comparer(
                patterns.description(),
                question,
                observed,
                other.description(),
                other.definitions(),
                runs.of(other.definitions(), Set.of()))
            .compare());
  }
}
