package io.foreshock.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * What one part of the source may give. Locks on its run; asked once per slice of signals, not per
 * signal.
 */
final class Part {

  private static final int SLICE = 512;
  private static final int FIRST_WINDOW = 16;

  /** A window takes between these times to be worked off, so that checkpoints fall in between. */
  private static final long SHORT_NANOS = 250_000_000;

  private static final long LONG_NANOS = 1_000_000_000;

  /** A watermark that is on its way, and the signals given before it. */
  private record Sent(long watermark, long signals) {}

  final int number;
  final int parts;
  private final Run run;
  private final long prefill;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private long window;
  private long given;
  private long granted;
  private long done;
  private long lastWatermark = Long.MIN_VALUE;
  private boolean atWindow;
  private long atWindowSince;
  private boolean atGoal;
  private boolean flushed;
  private CompletableFuture<Void> waiting = new CompletableFuture<>();

  Part(Run run, int number, int parts, boolean windowed) {
    this.run = run;
    this.number = number;
    this.parts = parts;
    window = windowed ? FIRST_WINDOW : Long.MAX_VALUE;
    prefill = new SignalStream(run.benchCase, number, parts).prefillSize();
  }

  /**
   * How many more signals the source may give now; for 0 it sends a watermark and waits.
   *
   * @param signals given so far
   */
  long allow(long signals) {
    synchronized (run) {
      given = signals;
      long goal = run.goal(signals - prefill);
      long most = goal == Long.MAX_VALUE ? Long.MAX_VALUE : prefill + goal;
      long slice = Math.min(SLICE, window == Long.MAX_VALUE ? SLICE : window / 2);
      long allowed = Math.min(slice, most - signals);
      // With a goal in sight the parts no longer wait for each other's watermarks.
      if (window != Long.MAX_VALUE && goal == Long.MAX_VALUE) {
        allowed = Math.min(allowed, window - (signals - done));
      }
      granted = signals + Math.max(0, allowed);
      boolean waits = allowed <= 0 && signals < most;
      if (waits && !atWindow) {
        atWindowSince = System.nanoTime();
      }
      atWindow = waits;
      if (allowed <= 0) {
        if (waiting.isDone()) {
          waiting = new CompletableFuture<>();
        }
        return 0;
      }
      return allowed;
    }
  }

  /** Signals of traffic that the source has been allowed so far. */
  long granted() {
    return Math.max(0, granted - prefill);
  }

  /**
   * The source has sent a watermark.
   *
   * @param flush whether it lies so far ahead that nothing waits for a later signal
   */
  void sent(long watermark, boolean flush) {
    synchronized (run) {
      lastWatermark = watermark;
      if (watermark > run.passed()) {
        sent.addLast(new Sent(watermark, given));
      } else {
        // The job waits for time to go on, so nothing comes back.
        done = given;
        waiting.complete(null);
      }
      long goal = run.goal(-1);
      atGoal = goal != Long.MAX_VALUE && given == prefill + goal;
      flushed = flush;
      run.changed();
    }
  }

  /** A watermark has come out at the end of the job. */
  void passed(long watermark) {
    while (!sent.isEmpty() && sent.peekFirst().watermark() <= watermark) {
      done = sent.removeFirst().signals();
    }
    if (atWindow && done == given) {
      long took = System.nanoTime() - atWindowSince;
      if (took < SHORT_NANOS) {
        window *= 2;
      } else if (took > LONG_NANOS && window > FIRST_WINDOW) {
        window /= 2;
      }
    }
    waiting.complete(null);
  }

  CompletableFuture<Void> available() {
    synchronized (run) {
      return waiting;
    }
  }

  /** There is another goal. */
  void wake() {
    atGoal = false;
    waiting.complete(null);
  }

  boolean atGoal() {
    return atGoal;
  }

  boolean flushed() {
    return flushed;
  }

  long lastWatermark() {
    return lastWatermark;
  }

  boolean flushes() {
    return run.flushes();
  }
}
