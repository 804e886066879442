package io.foreshock.operators.detect;

import io.foreshock.operators.detect.Detector.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Feeds a detector with readings at even steps and notes what it says. */
final class Series {

  /**
   * Something that a detector said.
   *
   * @param reading number of the reading, from 0
   */
  record Said(int reading, long timeMillis, Outcome outcome, double score, double limit) {}

  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration HOUR = Duration.ofHours(1);

  private final ReadingDetector detector;
  private final long stepMillis;
  private final List<Said> said = new ArrayList<>();
  private long timeMillis;
  private int reading;

  Series(DetectorSpec spec, Duration step) {
    this(ReadingDetector.of(spec), step);
  }

  Series(ReadingDetector detector, Duration step) {
    this.detector = detector;
    stepMillis = step.toMillis();
  }

  Series values(double... values) {
    for (double value : values) {
      next(value);
    }
    return this;
  }

  /** As many readings as given, of a function of the hours since the start. */
  Series readings(int count, DoubleUnaryOperator ofHours) {
    for (int i = 0; i < count; i++) {
      next(ofHours.applyAsDouble(timeMillis / 3_600_000.0));
    }
    return this;
  }

  /** As many readings as given of normal noise around zero with deviation 1. */
  Series noise(int count, Random random) {
    return readings(count, hours -> random.nextGaussian());
  }

  /** Lets time pass without readings. */
  Series gap(Duration duration) {
    timeMillis += duration.toMillis();
    return this;
  }

  private void next(double value) {
    note(detector.onReading(timeMillis, value));
    timeMillis += stepMillis;
    reading++;
  }

  private void note(Outcome outcome) {
    if (outcome != Outcome.NONE) {
      said.add(new Said(reading, timeMillis, outcome, detector.score(), detector.limit()));
    }
  }

  Series relearn() {
    note(detector.relearn());
    return this;
  }

  List<Said> said() {
    return said;
  }

  List<Outcome> outcomes() {
    return said.stream().map(Said::outcome).toList();
  }

  /** Numbers of the readings that began a symptom. */
  List<Integer> onsets() {
    return at(Outcome.ONSET);
  }

  /** Numbers of the readings that ended a symptom. */
  List<Integer> clears() {
    return at(Outcome.CLEARED);
  }

  private List<Integer> at(Outcome outcome) {
    return said.stream().filter(s -> s.outcome() == outcome).map(Said::reading).toList();
  }

  long timeMillis() {
    return timeMillis;
  }
}
