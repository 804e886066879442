package io.foreshock.backtest.data;

import io.foreshock.backtest.score.ComponentEvent;
import java.util.List;
import java.util.Optional;

/**
 * Failures that are known from elsewhere than the recording.
 *
 * @param failures by time
 * @param input what became of the rows that tell them; empty when there were none
 */
public record KnownFailures(List<ComponentEvent> failures, Optional<InputReport> input) {
  /** Nothing is known. */
  public static final KnownFailures NONE = new KnownFailures(List.of(), Optional.empty());

  public KnownFailures {
    failures = List.copyOf(failures);
  }
}
