package io.foreshock.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Says every few seconds how far something is; plain lines, so that a log keeps them. */
public final class ProgressLines {
  private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

  private final PrintWriter out;
  private final String what;
  private final long began = System.nanoTime();
  private long next = began + EVERY_NANOS;
  private long steps;

  /**
   * @param what is counted, e.g. {@code messages sent}
   */
  public ProgressLines(PrintWriter out, String what) {
    this.out = out;
    this.what = what;
  }

  /** One more is done. */
  public void step() {
    steps++;
    if ((steps & 0xff) == 0 && System.nanoTime() > next) {
      say();
    }
  }

  private void say() {
    long now = System.nanoTime();
    next = now + EVERY_NANOS;
    double seconds = (now - began) / 1e9;
    out.printf(Locale.ROOT, "%6.1f s  %,d %s (%,.0f/s)%n", seconds, steps, what, steps / seconds);
    out.flush();
  }

  /** All is done; says so if it took long enough to have said anything before. */
  public void end() {
    if (System.nanoTime() - began > EVERY_NANOS) {
      say();
    }
  }
}
