package io.foreshock.backtest.score;

import io.foreshock.backtest.run.RunCost;
import io.foreshock.model.Detection;
import java.util.List;
import java.util.Optional;

/**
 * The answer of a backtest: how early the patterns warned and how often they cried wolf, beside
 * what a trivial rule and pure chance would have done.
 *
 * @param protocol rules by which it was judged
 * @param bootstrap how the intervals were made
 * @param all every asset together
 * @param split the assets that were tuned on and those that were not, apart; empty without {@code
 *     --train} and {@code --test}
 * @param detections everything that the patterns reported, by time
 * @param alarms what counted as an alarm and what came of it, by time
 * @param missed failures that counted and were not foretold, by time, and how near the patterns
 *     came
 * @param baselines what the patterns are to be compared with
 * @param cost what the run took; empty when it was not measured
 * @param sweeps one for each {@code --sweep}
 * @param comparison with the other version; empty without {@code --compare}
 */
public record Answer(
    Protocol protocol,
    Bootstrap bootstrap,
    Section all,
    Optional<Split> split,
    List<Detection> detections,
    List<JudgedAlarm> alarms,
    List<MissedFailure> missed,
    Baselines baselines,
    Optional<RunCost> cost,
    List<Sweep> sweeps,
    Optional<Comparison> comparison) {
  public Answer {
    detections = List.copyOf(detections);
    alarms = List.copyOf(alarms);
    missed = List.copyOf(missed);
    sweeps = List.copyOf(sweeps);
  }

  /**
   * Assets that were tuned on and assets that were held out.
   *
   * @param train everything that is chosen (thresholds, the best value of a sweep) is chosen on
   *     these alone
   * @param test what to believe
   */
  public record Split(Section train, Section test) {}

  /** The same answer with other sweeps and another comparison. */
  public Answer with(List<Sweep> otherSweeps, Optional<Comparison> otherComparison) {
    return new Answer(
        protocol,
        bootstrap,
        all,
        split,
        detections,
        alarms,
        missed,
        baselines,
        cost,
        otherSweeps,
        otherComparison);
  }
}
