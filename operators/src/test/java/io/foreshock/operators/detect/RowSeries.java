package io.foreshock.operators.detect;

import io.foreshock.operators.detect.Detector.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Feeds a detector of several channels with rows at even steps and notes what it says. */
final class RowSeries {
  final VectorDetector detector;
  private final long stepMillis;
  private final List<Outcome> said = new ArrayList<>();
  private final List<Integer> onsets = new ArrayList<>();
  private long timeMillis = 1_700_000_000_000L;
  private int rows;

  /** The row that a number gives. */
  interface Row {
    double[] of(int number);
  }

  RowSeries(VectorDetector detector, Duration step) {
    this.detector = detector;
    stepMillis = step.toMillis();
  }

  /** As many rows as given, numbered on. */
  RowSeries rows(int count, Row row) {
    for (int i = 0; i < count; i++) {
      send(row.of(rows));
    }
    return this;
  }

  /** A value that is NaN is not sent. */
  RowSeries send(double... row) {
    for (int i = 0; i < row.length; i++) {
      if (!Double.isNaN(row[i])) {
        note(detector.onReading(i, timeMillis, row[i]));
      }
    }
    timeMillis += stepMillis;
    rows++;
    return this;
  }

  RowSeries gap(Duration duration) {
    timeMillis += duration.toMillis();
    return this;
  }

  RowSeries relearn() {
    note(detector.relearn());
    return this;
  }

  private void note(Outcome outcome) {
    if (outcome != Outcome.NONE) {
      said.add(outcome);
    }
    if (outcome == Outcome.ONSET) {
      onsets.add(rows);
    }
  }

  List<Outcome> said() {
    return said;
  }

  /** Numbers of the rows that began a symptom. */
  List<Integer> onsets() {
    return onsets;
  }

  long timeMillis() {
    return timeMillis;
  }
}
