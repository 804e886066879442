package io.foreshock.cli;

import io.foreshock.backtest.run.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says every second how far something is, with rate and time left: a bar that is drawn over on a
 * terminal, else plain lines every few seconds, so that a log keeps them. What is over within a
 * second says nothing.
 */
public final class ProgressBar implements Progress {
  private static final int WIDTH = 24;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private String what = "";
  private String unit = "";
  private long total;
  private long began;
  private long next;
  private long last;
  private boolean said;

  /**
   * @param terminal whether lines can be drawn over
   */
  public ProgressBar(PrintWriter out, boolean terminal) {
    this(out, terminal, System::nanoTime);
  }

  ProgressBar(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void begin(String begun, String counted, long all) {
    what = begun;
    unit = counted;
    total = all;
    began = nanoTime.getAsLong();
    next = began + Duration.ofSeconds(1).toNanos();
    last = 0;
    said = false;
  }

  @Override
  public synchronized void at(long done) {
    last = done;
    long now = nanoTime.getAsLong();
    if (now >= next) {
      next = now + Duration.ofMillis(terminal ? 500 : 2_000).toNanos();
      say(now, terminal ? "\r" : "", terminal ? "" : "\n");
    }
  }

  @Override
  public synchronized void end() {
    if (said) {
      say(nanoTime.getAsLong(), terminal ? "\r" : "", "\n");
    }
  }

  private void say(long now, String before, String after) {
    said = true;
    double seconds = Math.max(1e-3, (now - began) / 1e9);
    double rate = last / seconds;
    StringBuilder line = new StringBuilder(before);
    line.append(String.format(Locale.ROOT, "%6.1f s  %-8s ", seconds, what));
    if (total > 0) {
      double share = Math.min(1, last / (double) total);
      int filled = (int) Math.round(share * WIDTH);
      line.append('[').append("#".repeat(filled)).append(" ".repeat(WIDTH - filled)).append("] ");
      line.append(String.format(Locale.ROOT, "%3.0f %%  ", 100 * share));
      line.append(amount(last)).append(" of ").append(amount(total));
    } else {
      line.append(amount(last));
    }
    line.append(' ').append(unit.equals("bytes") ? "" : unit + ' ');
    line.append('(').append(amount(rate)).append("/s");
    if (total > last && rate > 0) {
      line.append(", ").append(left((total - last) / rate)).append(" left");
    }
    line.append(terminal ? ")  " : ")");
    out.print(line + after);
    out.flush();
  }

  private String amount(double number) {
    if (!unit.equals("bytes")) {
      return String.format(Locale.ROOT, "%,.0f", number);
    }
    return number < 1e6
        ? String.format(Locale.ROOT, "%.0f kB", number / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", number / 1e6);
  }

  private static String left(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }
}
