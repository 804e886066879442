package io.foreshock.cli.demo;

import io.foreshock.model.Detection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Phrases that both views use. */
final class DemoText {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private DemoText() {}

  /** Simulated time, e.g. {@code Tue 14:20}. */
  static String clock(long simulatedMillis) {
    return CLOCK.format(Instant.ofEpochMilli(simulatedMillis));
  }

  /** E.g. {@code 01:12}. */
  static String minutes(double seconds) {
    long whole = (long) seconds;
    return "%02d:%02d".formatted(whole / 60, whole % 60);
  }

  /** E.g. {@code p50 212 ms, p99 388 ms}; says so when nothing was measured. */
  static String latency(Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return "not yet known";
    }
    return "p50 %d ms, p99 %d ms"
        .formatted(
            Math.round(micros.getValueAtPercentile(50) / 1000.0),
            Math.round(micros.getValueAtPercentile(99) / 1000.0));
  }

  static String severity(Detection detection) {
    return detection.severity().name();
  }
}
