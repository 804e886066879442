package io.foreshock.patterns.engine;

import java.util.Arrays;

/**
 * What matches have taken, as links to the one before: a link is a stage, the signal it took, and
 * the link that led there. Matches that branch off share the links before the branch, so that each
 * match is one way back through the links and needs no version to find it. Links never change; what
 * no match leads to is left out when the matches are written.
 */
final class Links {

  static final int NONE = -1;

  private int[] stages = new int[16];
  private int[] signals = new int[16];
  private int[] previous = new int[16];
  private int[] firsts = new int[16];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /**
   * @param stage number of the stage, see {@link StateGraph#page}
   * @param signal number of the signal, see {@link TakenSignals}
   * @param before link before; {@link #NONE} when a match begins
   */
  int add(int stage, int signal, int before) {
    if (size == stages.length) {
      stages = Arrays.copyOf(stages, 2 * size);
      signals = Arrays.copyOf(signals, 2 * size);
      previous = Arrays.copyOf(previous, 2 * size);
      firsts = Arrays.copyOf(firsts, 2 * size);
    }
    stages[size] = stage;
    signals[size] = signal;
    previous[size] = before;
    firsts[size] = before == NONE ? signal : firsts[before];
    return size++;
  }

  int stage(int link) {
    return stages[link];
  }

  int signal(int link) {
    return signals[link];
  }

  int previous(int link) {
    return previous[link];
  }

  /** Signal at the beginning of the way that ends with the link. */
  int first(int link) {
    return firsts[link];
  }

  /** Leaves the marked ones only; links before a marked one are marked, too. */
  void compact(int[] newNumbers, int[] newSignals) {
    int kept = 0;
    for (int link = 0; link < size; link++) {
      if (newNumbers[link] != NONE) {
        stages[kept] = stages[link];
        signals[kept] = newSignals[signals[link]];
        firsts[kept] = newSignals[firsts[link]];
        previous[kept] = previous[link] == NONE ? NONE : newNumbers[previous[link]];
        kept++;
      }
    }
    size = kept;
  }
}
