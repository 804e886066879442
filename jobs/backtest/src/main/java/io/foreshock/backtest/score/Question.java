package io.foreshock.backtest.score;

import io.foreshock.model.Detection.Severity;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a backtest.
 *
 * @param protocol rules by which alarms are judged
 * @param bootstrap how intervals are made
 * @param history what really happened
 * @param naive alarms of the simplest rule for the data, for comparison; empty when there is none
 * @param patterns patterns that ran; of several versions of one the highest
 * @param alarmSeverities detections of these severities are alarms
 * @param split assets tuned on and held out; empty when all are judged together
 */
public record Question(
    Protocol protocol,
    Bootstrap bootstrap,
    JudgedHistory history,
    List<ComponentEvent> naive,
    List<PatternDefinition> patterns,
    Set<Severity> alarmSeverities,
    Optional<AssetSplit> split) {

  /** Detections of this severity are alarms when nothing else is said. */
  public static final Set<Severity> CRITICAL = Set.of(Severity.CRITICAL);

  public Question {
    naive = List.copyOf(naive);
    patterns = patterns.stream().sorted(Comparator.comparing(PatternDefinition::name)).toList();
    alarmSeverities = EnumSet.copyOf(alarmSeverities);
  }

  /** The same question about other patterns. */
  public Question about(List<PatternDefinition> others) {
    return new Question(protocol, bootstrap, history, naive, others, alarmSeverities, split);
  }
}
