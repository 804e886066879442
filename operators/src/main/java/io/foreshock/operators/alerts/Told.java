package io.foreshock.operators.alerts;

/** What people know about an alert; compared with what is true, it says what to tell them. */
final class Told {
  /** Nothing was paged in this occurrence. */
  static final int NO_SEVERITY = -1;

  /** Whether somebody was paged and not told that it is over. */
  boolean open;

  int occurrence;
  int severity = NO_SEVERITY;
  int step;
  int repeat;
  boolean acknowledged;
  boolean flapping;

  /** Messages so far; part of their ids. */
  int messages;
}
