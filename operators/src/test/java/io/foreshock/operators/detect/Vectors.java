package io.foreshock.operators.detect;

import io.foreshock.operators.detect.Detector.Outcome;
import io.foreshock.operators.detect.DetectorSpec.Statistic;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Two channels that rise and fall together, each second, and detectors that watch them. */
final class Vectors {
  static final List<String> CHANNELS = List.of("flow", "power");

  private Vectors() {}

  static DetectorSpec.Multivariate health(Statistic statistic, double limit) {
    return new DetectorSpec.Multivariate(
        CHANNELS,
        Duration.ofSeconds(200),
        statistic,
        limit,
        Double.NaN,
        0.6,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        "pump");
  }

  static DetectorSpec.Multivariate following(Duration smooth, Duration follow) {
    return new DetectorSpec.Multivariate(
        CHANNELS,
        Duration.ofSeconds(300),
        Statistic.MAHALANOBIS,
        6,
        Double.NaN,
        0.5,
        smooth,
        follow,
        Duration.ofSeconds(3),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        "");
  }

  static DetectorSpec.ChangePoint changes(double limit) {
    return new DetectorSpec.ChangePoint(
        CHANNELS,
        Duration.ofSeconds(200),
        limit,
        Duration.ofSeconds(4),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        Duration.ZERO,
        "pump");
  }

  /** A load that both channels follow, with a little noise of their own. */
  static double[] normal(Random random) {
    double load = random.nextGaussian();
    return new double[] {
      50 + 5 * load + 0.5 * random.nextGaussian(), 20 + 2 * load + 0.2 * random.nextGaussian()
    };
  }

  /** Gives a vector to a detector; the outcome of its last channel. */
  static Outcome give(VectorDetector detector, long second, double... vector) {
    Outcome outcome = Outcome.NONE;
    for (int i = 0; i < vector.length; i++) {
      outcome = detector.onReading(i, second * 1000, vector[i]);
    }
    return outcome;
  }

  /** Gives normal vectors for the seconds from one to before another. */
  static void giveNormal(VectorDetector detector, Random random, int from, int to) {
    for (int second = from; second < to; second++) {
      give(detector, second, normal(random));
    }
  }
}
