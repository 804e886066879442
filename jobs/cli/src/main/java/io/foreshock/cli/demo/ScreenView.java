package io.foreshock.cli.demo;

import io.foreshock.cli.demo.DemoState.Health;
import io.foreshock.model.Detection;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A block of lines on a terminal that is drawn anew twice a second. */
final class ScreenView implements DemoView {
  private static final String RESET = "\u001b[0m";
  private static final String DIM = "\u001b[2m";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String GREEN = "\u001b[32m";
  private static final String CYAN = "\u001b[36m";

  private final PrintWriter out;
  private final DetectionLine line;
  private final DemoSettings settings;
  private final int columns;
  private int drawn;

  /**
   * @param columns width of the terminal; longer lines are cut
   */
  ScreenView(PrintWriter out, DetectionLine line, DemoSettings settings, int columns) {
    this.out = out;
    this.line = line;
    this.settings = settings;
    this.columns = columns;
  }

  @Override
  public synchronized void say(String sentence) {
    erase();
    out.println(DIM + sentence + RESET);
    out.flush();
  }

  @Override
  public synchronized void show(DemoState state) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        BOLD
            + cut(
                String.format(
                    Locale.ROOT,
                    "Foreshock  %d assets of %d tenants  %s  (%.0f times as fast)  %s of %s",
                    settings.fleet().assets(),
                    settings.fleet().tenants().size(),
                    DemoText.clock(state.simulatedMillis()),
                    settings.speed(),
                    DemoText.minutes(state.elapsedSeconds()),
                    DemoText.minutes(settings.minutes() * 60)))
            + RESET);
    lines.add(
        cut(
            String.format(
                Locale.ROOT,
                "messages %,d (%,d/s)  readings %,d/s  latency %s  checkpoints %d  restarts %d",
                state.messages(),
                state.messagesPerSecond(),
                state.readingsPerSecond(),
                DemoText.latency(state.latencyMicros()),
                state.figures().checkpoints(),
                state.figures().restarts())));
    lines.add(health(state.health()));
    if (state.products() != null) {
      products(state.products(), lines);
    }
    lines.add("");
    for (SeenDetection seen : state.newest()) {
      Detection detection = seen.detection();
      String head =
          DemoText.clock(detection.eventTimeMillis())
              + "  "
              + DetectionLine.subject(detection)
              + "  ";
      String severity = DemoText.severity(detection);
      int room = columns - head.length() - severity.length() - 2;
      lines.add(
          cut(head)
              + colour(detection.severity())
              + severity
              + RESET
              + "  "
              + cut(line.evidence(detection), room));
    }
    erase();
    lines.forEach(out::println);
    drawn = lines.size();
    out.flush();
  }

  @Override
  public void detected(SeenDetection detection) {
    // The next drawing shows it.
  }

  @Override
  public synchronized void end() {
    drawn = 0;
    out.println();
    out.flush();
  }

  private void products(Products products, List<String> lines) {
    lines.add(cut(ProductText.line(products)));
    for (Stretch operation : products.newest(Stretch::isOperation, 1)) {
      lines.add(DIM + cut("  " + ProductText.session(operation)) + RESET);
    }
    for (Products.FeatureRows rows : products.withRows()) {
      lines.add(DIM + cut("  " + ProductText.features(rows)) + RESET);
    }
  }

  private void erase() {
    if (drawn > 0) {
      // Up to the first line of the block, then everything below is cleared.
      out.print("\u001b[" + drawn + "A\r\u001b[J");
      drawn = 0;
    }
  }

  private static String health(Health health) {
    return "assets  "
        + GREEN
        + health.healthy()
        + " healthy"
        + RESET
        + "  "
        + CYAN
        + health.watch()
        + " watch"
        + RESET
        + "  "
        + YELLOW
        + health.warning()
        + " warning"
        + RESET
        + "  "
        + RED
        + health.critical()
        + " critical"
        + RESET
        + "  "
        + DIM
        + health.stopped()
        + " stopped"
        + RESET;
  }

  private static String colour(Detection.Severity severity) {
    return switch (severity) {
      case WATCH -> CYAN;
      case WARNING -> YELLOW;
      case CRITICAL -> RED;
    };
  }

  private String cut(String text) {
    return cut(text, columns);
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 1)) + "…";
  }
}
