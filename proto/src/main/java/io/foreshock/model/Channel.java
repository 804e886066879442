package io.foreshock.model;

import java.io.Serializable;

/**
 * A quantity that sensors measure.
 *
 * @param name with the unit as suffix, e.g. {@code bearing_temperature_c}
 * @param unit unit of every value, e.g. {@code °C}, {@code mm/s}; empty for a pure number
 * @param minimum smallest value a working sensor can report (inclusive); negative infinity for none
 * @param maximum largest value a working sensor can report (inclusive); positive infinity for none
 * @param description one sentence: what is measured, where
 */
public record Channel(String name, String unit, double minimum, double maximum, String description)
    implements Serializable {

  /** Whether a working sensor can report the value. */
  public boolean inRange(double value) {
    return value >= minimum && value <= maximum;
  }
}
