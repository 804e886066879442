package io.foreshock.backtest.score;

import io.foreshock.model.NearMiss;
import java.util.List;

/**
 * A failure that no alarm foretold, and how near the patterns of its component came.
 *
 * @param failure the failure
 * @param attempts matches that began and did not complete within the horizon before, the one that
 *     came furthest first
 * @param approaches what would have had to be different, of what was tried: how near symptoms came
 *     that did not begin within the horizon before, and by how much the time of a pattern was short
 * @param notes what else is known, in sentences, e.g. that an alarm came too late or while nobody
 *     watched
 */
public record MissedFailure(
    ComponentEvent failure, List<Attempt> attempts, List<Approach> approaches, List<String> notes) {
  public MissedFailure {
    attempts = List.copyOf(attempts);
    approaches = List.copyOf(approaches);
    notes = List.copyOf(notes);
  }

  /**
   * A match that did not complete.
   *
   * @param nearMiss what the engine said about it
   * @param stagesReached stages that had taken a signal
   * @param stages stages that a match of the pattern goes through, forbidden ones not counted
   * @param text which stage was reached and what was missing by how much, in a sentence
   */
  public record Attempt(NearMiss nearMiss, int stagesReached, int stages, String text) {}

  /**
   * How near it was: what would have had to be different.
   *
   * @param pattern pattern of the symptom
   * @param symptom name of the symptom in the pattern; empty when it is about the whole pattern
   * @param channel channel of the symptom; empty when it has none
   * @param parameter what would have had to be different: {@code above}, {@code below}, {@code
   *     for}, {@code within} …, as in the pattern
   * @param required its value in the pattern, in its unit; durations in hours
   * @param reached the value, of those that were tried, nearest to it with which the symptom would
   *     have begun; NaN when it would have begun with none of them
   * @param atMillis when it would have begun then; 0 when it would not
   * @param text the same in a sentence
   */
  public record Approach(
      String pattern,
      String symptom,
      String channel,
      String parameter,
      double required,
      double reached,
      long atMillis,
      String text) {}
}
