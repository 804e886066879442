package io.foreshock.backtest.score;

import io.foreshock.backtest.run.Results;
import io.foreshock.backtest.run.RunCost;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.patterns.definition.PatternDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run of patterns over the recording brought.
 *
 * @param detections by time
 * @param nearMisses in any order; may be more than memory holds; only a comparison asks for them
 * @param cost what it took; empty when it was not measured
 */
public record Observed(
    List<Detection> detections, Results<NearMiss> nearMisses, Optional<RunCost> cost) {
  public Observed {
    detections = List.copyOf(detections);
  }

  /** Runs other patterns over the same recording. */
  @FunctionalInterface
  public interface Run {
    /**
     * @param patterns no name twice
     * @param assets only these assets send anything; empty for all
     */
    Observed of(List<PatternDefinition> patterns, Set<String> assets) throws IOException;
  }
}
