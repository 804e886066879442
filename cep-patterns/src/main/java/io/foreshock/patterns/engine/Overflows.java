package io.foreshock.patterns.engine;

import io.foreshock.model.NearMiss.Reason;
import io.foreshock.patterns.CompiledPattern.Overflow;

/** Gives open matches up, and says so. */
final class Overflows {

  private final OpenMatches matches;
  private final MatchSink sink;

  Overflows(OpenMatches matches, MatchSink sink) {
    this.matches = matches;
    this.sink = sink;
  }

  /**
   * Gives up open matches until no more are left than the pattern may have.
   *
   * @return how many were given up
   */
  int bound(PatternRuntime pattern, long now) {
    int max = pattern.compiled().maxOpenMatches();
    int dropped = 0;
    for (int open = matches.count(); open > max && dropOne(pattern, now); open--) {
      dropped++;
    }
    return dropped;
  }

  boolean dropOne(PatternRuntime pattern, long now) {
    MatchQueue open = matches.open;
    if (open.isEmpty() || open.end(0) == MatchQueue.NO_LINK) {
      return false;
    }
    int victim = 0;
    if (pattern.compiled().overflow() == Overflow.DROP_NEWEST) {
      for (int i = 0; i < open.size(); i++) {
        if (open.end(i) != MatchQueue.NO_LINK && open.begin(i) >= open.begin(victim)) {
          victim = i;
        }
      }
    }
    farewell(pattern, Reason.OVERFLOWED, open.end(victim), now);
    open.removeAt(victim);
    pattern.metrics().overflowed.inc();
    return true;
  }

  private void farewell(PatternRuntime pattern, Reason reason, int end, long now) {
    if (sink.traces(pattern)) {
      sink.ended(pattern, reason, matches.taken(end, pattern.graph()), "", null, now);
    }
  }

  /**
   * Gives up the matches that only an absence keeps open and that ran out of time: nobody can say
   * whether what should be absent was.
   */
  void dropAbsences(PatternRuntime pattern, long time) {
    MatchQueue open = matches.open;
    boolean[] victims = new boolean[open.size()];
    int count = 0;
    for (int i = 0; i < victims.length; i++) {
      int state = open.state(i);
      int end = open.end(i);
      if (end != MatchQueue.NO_LINK
          && pattern.graph().isPending(state)
          && pattern.windows().deadline(matches, state, end) <= time) {
        victims[i] = true;
        count++;
        farewell(pattern, Reason.ABANDONED, end, time);
      }
    }
    if (count > 0) {
      open.removeMarked(victims);
      pattern.metrics().abandoned.inc(count);
    }
  }
}
