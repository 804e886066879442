package io.foreshock.probe;

import java.util.Iterator;
import java.util.TreeMap;

/**
 * Messages of one tenant whose alert has not been seen, by the moment at which they were sent. An
 * alert tells the newest moment that it rests on, so it answers all messages up to then.
 * Thread-safe.
 */
final class Underway {
  private final TreeMap<Long, Boolean> sent = new TreeMap<>();
  private final long patienceMillis;

  /**
   * @param patienceMillis a message that is older is lost
   */
  Underway(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  synchronized void sent(long millis) {
    sent.put(millis, true);
  }

  /** A message could not be sent at all. */
  synchronized void withdraw(long millis) {
    sent.remove(millis);
  }

  /** Takes the latency of an answered message. */
  @FunctionalInterface
  interface Answered {
    void took(long millis);
  }

  /**
   * The alert was seen.
   *
   * @param lastSeenMillis newest moment that it rests on
   * @param nowMillis when it became visible
   */
  synchronized void seen(long lastSeenMillis, long nowMillis, Answered answered) {
    Iterator<Long> answeredNow = sent.headMap(lastSeenMillis, true).keySet().iterator();
    while (answeredNow.hasNext()) {
      answered.took(Math.max(0, nowMillis - answeredNow.next()));
      answeredNow.remove();
    }
  }

  /** Forgets messages that nobody answered in time, and says how many. */
  synchronized int lost(long nowMillis) {
    int before = sent.size();
    sent.headMap(nowMillis - patienceMillis).clear();
    return before - sent.size();
  }

  /** Age of the oldest message without an answer; 0 when there is none. */
  synchronized long oldestMillis(long nowMillis) {
    return sent.isEmpty() ? 0 : Math.max(0, nowMillis - sent.firstKey());
  }
}
