package io.foreshock.patterns.definition;

import java.io.Serializable;

/**
 * How often a step comes.
 *
 * @param minimum at least this often, when it comes at all; from 1
 * @param maximum at most this often; {@link #UNBOUNDED} for no limit
 * @param optional may be left out
 * @param greedy takes as many signals as it can get
 * @param inner contiguity between the repetitions
 * @param until ends the repetition, CEL; empty for never
 */
public record Quantifier(
    int minimum, int maximum, boolean optional, boolean greedy, Inner inner, String until)
    implements Serializable {

  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public static final Quantifier ONE = new Quantifier(1, 1, false, false, Inner.RELAXED, "");

  /** Contiguity between the repetitions of one step. */
  public enum Inner {
    /** Signals that do not satisfy the condition are passed over. */
    RELAXED,
    /** No other signal in between. */
    CONSECUTIVE,
    /** Signals that satisfy it may be passed over too, each choice a match of its own. */
    COMBINATIONS
  }

  /** Whether it may come more than once. */
  public boolean repeats() {
    return maximum > 1;
  }
}
