package io.foreshock.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One job as the benchmark steers it: how much its source gives, and what has come out at its end.
 * Job and benchmark share a JVM and find the run by its number.
 *
 * <p>The source goes on until a goal (a number of signals, or a time on the clock), where all its
 * parts stop at the same signal; the run has {@link #awaitDone reached} the goal when the last
 * operator has seen the watermark that the source sent there. So what is measured between two goals
 * is work done, not work queued.
 */
final class Run implements AutoCloseable {

  private static final Map<Long, Run> RUNS = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();

  final long number = NUMBERS.incrementAndGet();
  final BenchCase benchCase;
  final LongAdder matchCount = new LongAdder();
  private final List<String> matches;
  private final List<Part> parts = new ArrayList<>();
  private final long[] seen;
  private long deadline = Long.MAX_VALUE;
  private long goal = 0;
  private long deadlineAfter;
  private boolean flush;
  private Throwable failure;

  /**
   * @param parallelism parts of the source, and subtasks of the last operator
   * @param windowed true to let the source run ahead by as much as the job handles in a moment
   *     only: a slow job would otherwise need minutes for what stands in Flink's buffers
   * @param collect whether matches are kept, not only counted
   */
  Run(BenchCase benchCase, int parallelism, boolean windowed, boolean collect) {
    this.benchCase = benchCase;
    matches = collect ? new ArrayList<>() : null;
    seen = new long[parallelism];
    Arrays.fill(seen, Long.MIN_VALUE);
    for (int i = 0; i < parallelism; i++) {
      parts.add(new Part(this, i, parallelism, windowed));
    }
    RUNS.put(number, this);
  }

  static Run of(long number) {
    return RUNS.get(number);
  }

  Part part(int number) {
    return parts.get(number);
  }

  boolean collects() {
    return matches != null;
  }

  synchronized void matched(String identity) {
    matches.add(identity);
  }

  /** Matches so far, sorted. */
  synchronized List<String> matches() {
    return matches.stream().sorted().toList();
  }

  /** Sets the next goal: so many signals of traffic per part from the start, after the prefill. */
  synchronized void goTo(long trafficPerPart) {
    goal = trafficPerPart;
    parts.forEach(Part::wake);
  }

  /** Sets the next goal: a time from now, or from the end of the prefill. */
  synchronized void goFor(Duration time) {
    goal = Long.MAX_VALUE;
    deadline = Long.MAX_VALUE;
    deadlineAfter = time.toNanos();
    parts.forEach(Part::wake);
  }

  /** Signals of traffic per part that may be given in all; one part after the other asks. */
  synchronized long goal(long traffic) {
    if (goal == Long.MAX_VALUE && traffic >= 0) {
      long now = System.nanoTime();
      if (deadline == Long.MAX_VALUE) {
        deadline = now + deadlineAfter;
      } else if (now - deadline >= 0) {
        goal = parts.stream().mapToLong(Part::granted).max().orElseThrow();
        parts.forEach(Part::wake);
      }
    }
    return goal;
  }

  /** Waits until everything up to the goal has been worked off; gives the signals per part. */
  synchronized long awaitDone(Duration atMost) throws InterruptedException, TimeoutException {
    await(
        atMost,
        () -> parts.stream().allMatch(Part::atGoal) && passed() >= least(Part::lastWatermark));
    return goal;
  }

  /** Sends time on, so that nothing waits for a late signal any more, and waits for it. */
  synchronized void awaitFlush(Duration atMost) throws InterruptedException, TimeoutException {
    flush = true;
    parts.forEach(Part::wake);
    await(
        atMost,
        () -> parts.stream().allMatch(Part::flushed) && passed() >= least(Part::lastWatermark));
  }

  synchronized boolean flushes() {
    return flush;
  }

  private interface Condition {
    boolean holds();
  }

  private void await(Duration atMost, Condition condition)
      throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (failure != null) {
        throw new IllegalStateException("The job failed", failure);
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException("Not done after " + atMost.toSeconds() + " s");
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, Math.min(left, 1_000_000_000)));
    }
  }

  /** The job is over before its time. */
  synchronized void failed(Throwable cause) {
    failure = cause;
    notifyAll();
  }

  synchronized void changed() {
    notifyAll();
  }

  /** A subtask of the last operator has seen a watermark. */
  synchronized void seen(int subtask, long watermark) {
    long before = passed();
    seen[subtask] = watermark;
    long now = passed();
    if (now > before) {
      parts.forEach(part -> part.passed(now));
      notifyAll();
    }
  }

  long passed() {
    return Arrays.stream(seen).min().orElseThrow();
  }

  private long least(java.util.function.ToLongFunction<Part> of) {
    return parts.stream().mapToLong(of).min().orElseThrow();
  }

  @Override
  public void close() {
    RUNS.remove(number);
  }
}
