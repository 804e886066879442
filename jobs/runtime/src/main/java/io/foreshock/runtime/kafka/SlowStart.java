package io.foreshock.runtime.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/**
 * Flink's alignment holds nobody until all sources have said where they are, and a small backlog is
 * read sooner than that. So, at the start of a task, a partition is read no farther than the drift
 * of {@link SourceAlignment} beyond its first record; what lies farther waits until {@link #LASTS}
 * is over. A task that reads what is being written never waits.
 */
final class SlowStart {
  /** Since the first record of the task: sources in other tasks start at the same time. */
  static final Duration LASTS = Duration.ofSeconds(10);

  private final long lastsNanos;
  private Map<TopicPartition, Long> firstMillis = new HashMap<>();
  private long startNanos;

  SlowStart(Duration lasts) {
    lastsNanos = lasts.toNanos();
    startNanos = System.nanoTime();
  }

  /** Returns when a record may be read; early when the task is cancelled. */
  void await(String topic, int partition, long appendMillis) {
    if (firstMillis == null) {
      return;
    }
    if (firstMillis.isEmpty()) {
      startNanos = System.nanoTime();
    }
    long first =
        firstMillis.computeIfAbsent(new TopicPartition(topic, partition), p -> appendMillis);
    long left = startNanos + lastsNanos - System.nanoTime();
    while (left > 0
        && appendMillis - first > SourceAlignment.DRIFT.toMillis()
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = startNanos + lastsNanos - System.nanoTime();
    }
    if (left <= 0) {
      firstMillis = null;
    }
  }
}
