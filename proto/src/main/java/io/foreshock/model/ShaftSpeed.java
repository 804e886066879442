package io.foreshock.model;

import java.io.Serializable;

/**
 * How fast the shaft turns while a waveform is recorded.
 *
 * @param channel channel of the same message, in rpm, whose reading nearest in time counts; empty
 *     for none
 * @param otherwiseRpm speed where the message holds no such reading; NaN when it is not known then
 */
public record ShaftSpeed(String channel, double otherwiseRpm) implements Serializable {

  /** Nothing is known of a shaft. */
  public static final ShaftSpeed UNKNOWN = new ShaftSpeed("", Double.NaN);
}
