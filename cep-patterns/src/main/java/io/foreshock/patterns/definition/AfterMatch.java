package io.foreshock.patterns.definition;

import java.io.Serializable;

/**
 * Where the search goes on after a match.
 *
 * @param strategy flink-cep's skip strategy
 * @param stage stage that {@code skip-to-first} and {@code skip-to-last} go to; empty otherwise
 */
public record AfterMatch(Strategy strategy, String stage) implements Serializable {

  public static final AfterMatch SKIP_PAST_LAST_EVENT =
      new AfterMatch(Strategy.SKIP_PAST_LAST_EVENT, "");

  /** flink-cep's skip strategies. */
  public enum Strategy {
    /** Drops every match that began before this one ended. */
    SKIP_PAST_LAST_EVENT("skip-past-last-event"),
    /** Reports every possible match. */
    NO_SKIP("no-skip"),
    /** Drops matches that began with the same signal. */
    SKIP_TO_NEXT("skip-to-next"),
    /** Drops matches that began before the first signal of a stage. */
    SKIP_TO_FIRST("skip-to-first"),
    /** Drops matches that began before the last signal of a stage. */
    SKIP_TO_LAST("skip-to-last");

    private final String word;

    Strategy(String word) {
      this.word = word;
    }

    /** As written in a document. */
    public String word() {
      return word;
    }
  }
}
