package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.util.List;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/** What a condition sees of the match that asks it. */
final class MatchContext implements IterativeCondition.Context<Signal> {

  private final OpenMatches matches;
  private StateGraph graph;
  private int end;
  private long now;

  MatchContext(OpenMatches matches) {
    this.matches = matches;
  }

  /**
   * @param end last link of the match; none for the start state
   * @param now time at which the signal is matched
   */
  MatchContext of(StateGraph graph, int end, long now) {
    this.graph = graph;
    this.end = end;
    this.now = now;
    return this;
  }

  @Override
  public Iterable<Signal> getEventsForPattern(String stage) {
    int number = graph.pageIndex(stage);
    return number < 0 ? List.of() : matches.taken(end, number);
  }

  @Override
  public long timestamp() {
    return now;
  }

  /** The asset's time as well: a replay must not differ. */
  @Override
  public long currentProcessingTime() {
    return now;
  }
}
