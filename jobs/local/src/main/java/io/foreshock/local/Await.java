package io.foreshock.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions of other processes, which can only be asked again and again. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Await() {}

  /**
   * Returns as soon as the condition holds. An exception of the condition counts as "not yet".
   *
   * @param what what is waited for, for the message of the failure
   * @param atMost real time to wait
   * @throws LocalClusterException when it does not hold in time; names the last exception
   */
  public static void until(String what, Duration atMost, Callable<Boolean> condition) {
    until(what, atMost, condition, () -> null);
  }

  /**
   * As {@link #until(String, Duration, Callable)}, but gives up at once when there is no hope.
   *
   * @param hopeless why waiting has become useless; null as long as there is hope
   */
  public static void until(
      String what, Duration atMost, Callable<Boolean> condition, Supplier<String> hopeless) {
    long deadline = System.nanoTime() + atMost.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LocalClusterException("Interrupted while waiting for " + what + ".", e);
      } catch (Exception e) {
        last = e;
      }
      String reason = hopeless.get();
      if (reason != null) {
        throw new LocalClusterException("Gave up waiting for " + what + ": " + reason, last);
      }
      if (System.nanoTime() > deadline) {
        throw new LocalClusterException(
            "Waited "
                + atMost.toSeconds()
                + " s for "
                + what
                + (last == null ? "." : "; last answer: " + last),
            last);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new LocalClusterException("Interrupted while waiting for " + what + ".", null);
      }
    }
  }
}
