package io.foreshock.fleet;

/**
 * Something that follows a target with a time constant: a mass that warms up, a tank that fills.
 */
final class FirstOrder {
  private final double timeConstantSeconds;
  private double value;

  FirstOrder(double timeConstantSeconds, double initial) {
    this.timeConstantSeconds = timeConstantSeconds;
    this.value = initial;
  }

  /** Exact for a target that is constant during the step. */
  double follow(double target, double seconds) {
    value += (target - value) * -Math.expm1(-seconds / timeConstantSeconds);
    return value;
  }

  double value() {
    return value;
  }
}
