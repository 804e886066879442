package io.foreshock.notifier.delivery;

import java.util.TreeMap;

/**
 * What of one partition is done, where things end in any order: the offset to commit is that of the
 * first record that is not. Thread-safe.
 */
final class OffsetTracker {
  private final TreeMap<Long, Long> pending = new TreeMap<>();
  private boolean closed;

  /**
   * A record was taken; offsets grow, not always by one.
   *
   * @param millis when its page was decided
   */
  synchronized void begin(long offset, long millis) {
    pending.put(offset, millis);
  }

  /** It is delivered, or a dead letter, or nothing to be done. */
  synchronized void end(long offset) {
    pending.remove(offset);
  }

  /**
   * What may be committed.
   *
   * @param next offset of the record that the consumer would hand out next
   */
  synchronized long committable(long next) {
    return pending.isEmpty() ? next : pending.firstKey();
  }

  synchronized int pending() {
    return pending.size();
  }

  /** When the first that is not done was decided; {@code Long.MAX_VALUE} when all are. */
  synchronized long oldestMillis() {
    return pending.isEmpty() ? Long.MAX_VALUE : pending.firstEntry().getValue();
  }

  /** The partition is another's now: what is still waiting is not tried any more. */
  synchronized void close() {
    closed = true;
  }

  synchronized boolean isClosed() {
    return closed;
  }
}
