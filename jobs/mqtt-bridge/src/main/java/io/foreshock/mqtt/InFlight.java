package io.foreshock.mqtt;

import java.util.concurrent.CompletableFuture;

/** How many messages are between the broker and Kafka's acknowledgement. Thread-safe. */
final class InFlight {
  private int count;
  private CompletableFuture<Void> empty = CompletableFuture.completedFuture(null);

  synchronized void begin() {
    if (count++ == 0) {
      empty = new CompletableFuture<>();
    }
  }

  void end() {
    CompletableFuture<Void> now = null;
    synchronized (this) {
      if (--count == 0) {
        now = empty;
      }
    }
    if (now != null) {
      now.complete(null);
    }
  }

  synchronized int count() {
    return count;
  }

  /** Done when there is none; a copy, so that nobody can complete it for others. */
  synchronized CompletableFuture<Void> whenEmpty() {
    return empty.copy();
  }
}
