package io.foreshock.cli.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** A line now and then, for a log file or a pipe. */
final class LineView implements DemoView {
  private static final double EVERY_SECONDS = 10;

  private final PrintWriter out;
  private final DetectionLine line;
  private double nextSeconds;

  LineView(PrintWriter out, DetectionLine line) {
    this.out = out;
    this.line = line;
  }

  @Override
  public synchronized void say(String sentence) {
    out.println(sentence);
    out.flush();
  }

  @Override
  public synchronized void show(DemoState state) {
    if (state.elapsedSeconds() < nextSeconds) {
      return;
    }
    nextSeconds = state.elapsedSeconds() + EVERY_SECONDS;
    DemoState.Health health = state.health();
    out.printf(
        Locale.ROOT,
        "%s  simulated %s  %,d messages (%,d/s)  latency %s  checkpoints %d  assets: %d healthy, %d watch, %d"
            + " warning, %d critical, %d stopped%n",
        DemoText.minutes(state.elapsedSeconds()),
        DemoText.clock(state.simulatedMillis()),
        state.messages(),
        state.messagesPerSecond(),
        DemoText.latency(state.latencyMicros()),
        state.figures().checkpoints(),
        health.healthy(),
        health.watch(),
        health.warning(),
        health.critical(),
        health.stopped());
    if (state.products() != null) {
      out.println("       " + ProductText.line(state.products()));
    }
    out.flush();
  }

  @Override
  public synchronized void detected(SeenDetection seen) {
    out.printf(
        Locale.ROOT,
        "       %s  %s %s  %s%n",
        DemoText.clock(seen.detection().eventTimeMillis()),
        DetectionLine.subject(seen.detection()),
        DemoText.severity(seen.detection()),
        line.evidence(seen.detection()));
    out.flush();
  }

  @Override
  public void end() {
    out.flush();
  }
}
