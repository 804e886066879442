package io.foreshock.model;

/**
 * A signal that says only that the asset was alive at a time: it moves the asset's clock, so that
 * an absence ({@code notFollowedBy} last) is noticed soon after its time even when the asset has no
 * symptoms. No condition ever sees it.
 *
 * <p>Its form is a reading of no channel.
 */
public final class Heartbeat {

  private Heartbeat() {}

  /**
   * @param eventTimeMillis the asset's own time up to which all its signals have been given
   */
  public static Signal at(AssetRef asset, long eventTimeMillis) {
    return Signal.reading(asset, new Measurement("", eventTimeMillis, Double.NaN), false);
  }

  public static boolean is(Signal signal) {
    return signal.kind() == SignalKind.READING && signal.name().isEmpty();
  }
}
