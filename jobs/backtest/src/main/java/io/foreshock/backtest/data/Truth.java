package io.foreshock.backtest.data;

import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.Observation;
import java.util.List;

/**
 * What really happened.
 *
 * @param failures every known failure, by time
 * @param maintenance work done, by time, whatever the reason
 * @param naive alarms of the simplest rule one would write for this data, by time, for comparison
 *     (for codes: every code announces its component's failure); empty when there is none
 * @param observation when each asset was watched, and which failures can be judged
 */
public record Truth(
    List<ComponentEvent> failures,
    List<ComponentEvent> maintenance,
    List<ComponentEvent> naive,
    Observation observation) {

  public Truth {
    failures = List.copyOf(failures);
    maintenance = List.copyOf(maintenance);
    naive = List.copyOf(naive);
  }
}
