package io.foreshock.chaos;

/**
 * One step of a drill.
 *
 * @param name what was done
 * @param ok whether it went as it must
 * @param seconds how long it took
 * @param silentSeconds longest time without a committed record, from its begin to the first record
 *     after its end; NaN for a step that interrupts nothing
 * @param detail what was seen, in words
 */
public record DrillStep(
    String name, boolean ok, double seconds, double silentSeconds, String detail) {

  DrillStep silent(double seconds) {
    return new DrillStep(name, ok, this.seconds, seconds, detail);
  }
}
