package io.foreshock.backtest.score;

import java.util.List;

/**
 * A score, how its lead times spread, and how sure it is.
 *
 * @param score the counts and what follows from them
 * @param leadTimes of found failures
 * @param intervals of a bootstrap over assets
 */
public record Measures(Score score, LeadTimes leadTimes, Intervals intervals) {

  static Measures of(List<Tally> tallies, Protocol protocol, Bootstrap bootstrap) {
    Score score = Score.of(tallies);
    return new Measures(score, LeadTimes.of(score, protocol), bootstrap.intervals(tallies));
  }
}
