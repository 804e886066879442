package io.foreshock.bench.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/**
 * Lets a source of one task give so many records and no more, until it is told to go on. For one
 * job at a time: the source of a job in this process finds it in a static field.
 */
final class Goals {
  private static Goals current = new Goals();

  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private long allowed;
  private long taken;

  private Goals() {}

  /** Begins anew: nothing is allowed. */
  static synchronized void begin() {
    current = new Goals();
  }

  /** Allows so many records more. */
  static synchronized void goOn(long records) {
    current.allowed += records;
    List<CompletableFuture<Void>> due = new ArrayList<>();
    while (!current.waiting.isEmpty() && current.taken < current.allowed) {
      current.taken++;
      due.add(current.waiting.remove(0));
    }
    due.forEach(future -> future.complete(null));
  }

  /** Whether all that is allowed was given, so that a barrier comes behind it. */
  static synchronized boolean isReached() {
    return current.taken == current.allowed && !current.waiting.isEmpty();
  }

  private static synchronized CompletionStage<Void> acquire() {
    if (current.taken < current.allowed) {
      current.taken++;
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> future = new CompletableFuture<>();
    current.waiting.add(future);
    return future;
  }

  /** For the source. */
  static final class Strategy implements RateLimiterStrategy<SourceSplit> {
    private static final long serialVersionUID = 1L;

    @Override
    public RateLimiter<SourceSplit> createRateLimiter(int parallelism) {
      return events -> acquire();
    }
  }
}
