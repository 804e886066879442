package io.foreshock.backtest.run;

/**
 * What a run keeps besides detections, at a cost in time and disk.
 *
 * @param signals what the detectors said about each channel: the symptoms that patterns look at
 * @param nearMisses matches that did not complete
 */
public record RunWishes(boolean signals, boolean nearMisses) {
  /** Detections alone. */
  public static final RunWishes NOTHING = new RunWishes(false, false);

  /** What one of both wants. */
  public RunWishes and(RunWishes other) {
    return new RunWishes(signals || other.signals, nearMisses || other.nearMisses);
  }
}
