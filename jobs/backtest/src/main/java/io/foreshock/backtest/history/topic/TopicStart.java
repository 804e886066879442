package io.foreshock.backtest.history.topic;

import java.time.Instant;

/**
 * Where in a topic a history begins. At most one of both is given; none means its beginning.
 *
 * @param since append time of the first record; null when not asked for
 * @param offset of the first record of each partition; negative when not asked for
 */
public record TopicStart(Instant since, long offset) {
  /** The first record that is still there. */
  public static final TopicStart BEGINNING = new TopicStart(null, -1);
}
