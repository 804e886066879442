package io.foreshock.patterns.engine;

import io.foreshock.patterns.CompiledPattern.Overflow;

/** Gives open matches up. */
final class Overflows {

  private Overflows() {}

  /**
   * Gives up open matches until at most {@code max} are left.
   *
   * @return how many were given up
   */
  static int bound(OpenMatches matches, int max, Overflow overflow) {
    int dropped = 0;
    for (int open = matches.count(); open > max && dropOne(matches, overflow); open--) {
      dropped++;
    }
    return dropped;
  }

  static boolean dropOne(OpenMatches matches, Overflow overflow) {
    MatchQueue open = matches.open;
    if (open.isEmpty() || open.end(0) == MatchQueue.NO_LINK) {
      return false;
    }
    int victim = 0;
    if (overflow == Overflow.DROP_NEWEST) {
      for (int i = 0; i < open.size(); i++) {
        if (open.end(i) != MatchQueue.NO_LINK && open.begin(i) >= open.begin(victim)) {
          victim = i;
        }
      }
    }
    open.removeAt(victim);
    return true;
  }

  /**
   * Gives up the matches that only an absence keeps open and that ran out of time: nobody can say
   * whether what should be absent was.
   *
   * @return how many were given up
   */
  static int dropAbsences(OpenMatches matches, long time, PatternRuntime pattern) {
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
      }
    }
    if (count > 0) {
      open.removeMarked(victims);
    }
    return count;
  }
}
