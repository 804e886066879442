package io.foreshock.chaos;

/**
 * One step of a drill.
 *
 * @param name what was done
 * @param ok whether it went as it must
 * @param seconds how long it took
 * @param againSeconds from its begin to the first committed record that was sent after that; NaN
 *     for a step that interrupts nothing
 * @param detail what was seen, in words
 */
public record DrillStep(
    String name, boolean ok, double seconds, double againSeconds, String detail) {

  DrillStep again(double seconds) {
    return new DrillStep(name, ok, this.seconds, seconds, detail);
  }
}
