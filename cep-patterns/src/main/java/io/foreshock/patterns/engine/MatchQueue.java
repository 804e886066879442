package io.foreshock.patterns.engine;

import java.util.Arrays;

/**
 * Matches by the signal they began with, earliest first: a binary heap. The order among matches
 * that began with the same signal is that of the heap, as in flink-cep, where it decides which of
 * them a skip strategy keeps; so it is part of the state.
 *
 * <p>A match is the state it stands in and its last {@linkplain Links link}. The start state, which
 * waits in the same queue and is no match, has no link and comes last.
 */
final class MatchQueue {

  static final int NO_LINK = -1;

  private final Links links;
  private int[] states = new int[8];
  private int[] ends = new int[8];
  private int size;

  MatchQueue(Links links) {
    this.links = links;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int state(int index) {
    return states[index];
  }

  /** Last link of a match; {@link #NO_LINK} for the start state. */
  int end(int index) {
    return ends[index];
  }

  /** Number of the signal that a match began with. */
  int begin(int index) {
    int end = ends[index];
    return end == NO_LINK ? Integer.MAX_VALUE : links.first(end);
  }

  void clear() {
    size = 0;
  }

  void add(int state, int end) {
    append(state, end);
    up(size - 1);
  }

  /** Adds at the end of the array; the order of the heap is up to the caller. */
  void append(int state, int end) {
    if (size == states.length) {
      states = Arrays.copyOf(states, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    states[size] = state;
    ends[size++] = end;
  }

  void renumber(int index, int end) {
    ends[index] = end;
  }

  /** Takes the earliest out. */
  void poll() {
    size--;
    if (size > 0) {
      down(0, states[size], ends[size]);
    }
  }

  void removeAt(int index) {
    size--;
    if (index == size) {
      return;
    }
    int state = states[size];
    int end = ends[size];
    down(index, state, end);
    if (states[index] == state && ends[index] == end) {
      up(index);
    }
  }

  int indexOf(int state, int end) {
    for (int i = 0; i < size; i++) {
      if (states[i] == state && ends[i] == end) {
        return i;
      }
    }
    return -1;
  }

  /** Takes out the matches that began before a signal. */
  void removeBegunBefore(int signal) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (begin(i) >= signal) {
        states[kept] = states[i];
        ends[kept++] = ends[i];
      }
    }
    if (kept < size) {
      size = kept;
      order();
    }
  }

  /** Takes out what stands at the indexes that are marked. */
  void removeMarked(boolean[] marked) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (!marked[i]) {
        states[kept] = states[i];
        ends[kept++] = ends[i];
      }
    }
    size = kept;
    order();
  }

  private void order() {
    for (int i = (size >>> 1) - 1; i >= 0; i--) {
      down(i, states[i], ends[i]);
    }
  }

  private void up(int from) {
    int state = states[from];
    int end = ends[from];
    int begin = begin(from);
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (begin >= begin(parent)) {
        break;
      }
      states[at] = states[parent];
      ends[at] = ends[parent];
      at = parent;
    }
    states[at] = state;
    ends[at] = end;
  }

  private void down(int from, int state, int end) {
    int begin = end == NO_LINK ? Integer.MAX_VALUE : links.first(end);
    int at = from;
    while (at < size >>> 1) {
      int child = 2 * at + 1;
      if (child + 1 < size && begin(child) > begin(child + 1)) {
        child++;
      }
      if (begin <= begin(child)) {
        break;
      }
      states[at] = states[child];
      ends[at] = ends[child];
      at = child;
    }
    states[at] = state;
    ends[at] = end;
  }
}
