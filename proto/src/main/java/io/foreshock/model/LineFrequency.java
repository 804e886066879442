package io.foreshock.model;

import java.io.Serializable;

/**
 * Where a line of a spectrum lies: a fixed frequency, or a multiple of the shaft's.
 *
 * @param hz fixed part, in Hz
 * @param order multiple of the shaft's rotation frequency
 */
public record LineFrequency(double hz, double order) implements Serializable {

  /** Whether it lies elsewhere when the shaft turns faster. */
  public boolean followsShaft() {
    return order != 0;
  }

  /**
   * The frequency in Hz; NaN when it follows the shaft and that is NaN.
   *
   * @param shaftHz rotations of the shaft per second; NaN when not known
   */
  public double at(double shaftHz) {
    return followsShaft() ? hz + order * shaftHz : hz;
  }
}
