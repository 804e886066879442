package io.foreshock.backtest.score;

import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.operators.detect.DetectorSpec.Side;
import io.foreshock.operators.documents.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * A detector that is easier to satisfy than the one of the pattern, in one respect.
 *
 * @param parameter what is milder, as in the pattern
 * @param required value in the pattern; hours for a duration
 * @param value value here, in the same unit
 * @param isHold whether it is a duration that the symptom must last
 * @param spec the milder detector
 */
record Relaxation(
    String parameter, double required, double value, boolean isHold, DetectorSpec spec) {
  private static final int LIMITS = 20;
  private static final double LEAST_SHARE = 0.3;
  private static final double[] HOLDS = {0.75, 0.5, 0.25, 0};

  /**
   * Milder detectors, the nearest first; limits before holds. None for a detector of which nothing
   * is known.
   */
  static List<Relaxation> of(DetectorSpec spec) {
    List<Relaxation> milder = new ArrayList<>();
    if (spec instanceof DetectorSpec.Threshold t) {
      threshold(t, milder);
      holds(
          t.hold(),
          hold ->
              new DetectorSpec.Threshold(
                  t.channel(), t.side(), t.limit(), t.clearLimit(), hold, t.smooth()),
          milder);
    } else if (spec instanceof DetectorSpec.Drift d) {
      shares(
          d.side() == Side.ABOVE ? "above" : "below",
          d.limitSigma(),
          limit -> drift(d, limit, d.hold()),
          milder);
      holds(d.hold(), hold -> drift(d, d.limitSigma(), hold), milder);
    } else if (spec instanceof DetectorSpec.Step s) {
      shares(
          "decision",
          s.decisionSigma(),
          limit ->
              new DetectorSpec.Step(
                  s.channel(), s.baseline(), s.shiftSigma(), limit, s.relearnComponent()),
          milder);
    } else if (spec instanceof DetectorSpec.Trend t) {
      shares(
          t.side() == Side.ABOVE ? "rising" : "falling",
          Math.abs(t.slopePerHour()),
          slope ->
              new DetectorSpec.Trend(
                  t.channel(),
                  t.over(),
                  t.side(),
                  Math.copySign(slope, t.slopePerHour()),
                  t.significanceSigma()),
          milder);
    } else if (spec instanceof DetectorSpec.RateOfChange r) {
      shares(
          "above",
          r.limitPerSecond(),
          limit -> new DetectorSpec.RateOfChange(r.channel(), limit, r.maximumGap()),
          milder);
    } else if (spec instanceof DetectorSpec.FlatLine f) {
      duration(f.duration(), d -> new DetectorSpec.FlatLine(f.channel(), f.tolerance(), d), milder);
    } else if (spec instanceof DetectorSpec.Silence s) {
      duration(s.duration(), d -> new DetectorSpec.Silence(s.channel(), d), milder);
    }
    return milder;
  }

  /** The value as a pattern would state it. */
  String text(double of) {
    return isHold || parameter.equals("for")
        ? Quantities.text(Duration.ofMillis(Math.round(of * Score.HOUR_MILLIS)))
        : Words.number(of);
  }

  /** Down to as far inside the clear limit as that is inside the limit. */
  private static void threshold(DetectorSpec.Threshold t, List<Relaxation> milder) {
    double band = t.limit() - t.clearLimit();
    double step =
        band == 0
            ? (t.side() == Side.ABOVE ? 1 : -1) * Math.max(Math.abs(t.limit()), 1) / 100
            : band / (LIMITS / 2.0);
    for (int i = 1; i <= LIMITS; i++) {
      double limit = t.limit() - i * step;
      double clear =
          t.side() == Side.ABOVE
              ? Math.min(t.clearLimit(), limit)
              : Math.max(t.clearLimit(), limit);
      milder.add(
          new Relaxation(
              t.side() == Side.ABOVE ? "above" : "below",
              t.limit(),
              limit,
              false,
              new DetectorSpec.Threshold(
                  t.channel(), t.side(), limit, clear, t.hold(), t.smooth())));
    }
  }

  private static DetectorSpec drift(DetectorSpec.Drift d, double limit, Duration hold) {
    return new DetectorSpec.Drift(
        d.channel(),
        d.baseline(),
        d.side(),
        limit,
        Math.min(d.clearSigma(), limit),
        d.smooth(),
        hold,
        d.relearnComponent());
  }

  private static void shares(
      String parameter,
      double required,
      DoubleFunction<DetectorSpec> spec,
      List<Relaxation> milder) {
    for (int i = 1; i <= LIMITS; i++) {
      double value = required * (1 - i * (1 - LEAST_SHARE) / LIMITS);
      milder.add(new Relaxation(parameter, required, value, false, spec.apply(value)));
    }
  }

  private static void holds(
      Duration hold, Function<Duration, DetectorSpec> spec, List<Relaxation> milder) {
    if (!hold.isZero()) {
      for (double share : HOLDS) {
        Duration shorter = Duration.ofMillis(Math.round(hold.toMillis() * share));
        milder.add(
            new Relaxation("for", inHours(hold), inHours(shorter), true, spec.apply(shorter)));
      }
    }
  }

  private static void duration(
      Duration required, Function<Duration, DetectorSpec> spec, List<Relaxation> milder) {
    for (int tenths = 9; tenths >= 1; tenths--) {
      Duration shorter = Duration.ofMillis(required.toMillis() * tenths / 10);
      milder.add(
          new Relaxation("for", inHours(required), inHours(shorter), false, spec.apply(shorter)));
    }
  }

  private static double inHours(Duration duration) {
    return duration.toMillis() / (double) Score.HOUR_MILLIS;
  }
}
