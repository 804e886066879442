package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.AssetMatcher.Change;
import java.util.Arrays;

/** Calls the matcher with values that stand amid other bytes, as in memory. */
final class MatcherCalls {

  private static final int IN_FRONT = 5;
  private static final int BEHIND = 7;

  private MatcherCalls() {}

  /**
   * Gives a signal; ingest time is event time.
   *
   * @param value the asset's value; null when nothing is open
   * @return {@code value} itself when nothing changed
   */
  static byte[] give(AssetMatcher matcher, PatternTable patterns, byte[] value, Signal signal)
      throws Exception {
    StoredValue stored = new StoredValue();
    byte[] all = null;
    if (value != null) {
      all = new byte[IN_FRONT + value.length + BEHIND];
      Arrays.fill(all, (byte) 0x55);
      System.arraycopy(value, 0, all, IN_FRONT, value.length);
      stored.set(all, IN_FRONT, value.length);
    }
    Change change =
        matcher.onSignal(
            stored,
            Long.MAX_VALUE,
            signal,
            patterns.index().candidates(signal),
            signal.eventTimeMillis());
    if (all != null) {
      // Nothing may be read from it any more.
      Arrays.fill(all, (byte) 0xAA);
    }
    return switch (change) {
      case NONE -> value;
      case GONE -> null;
      case WRITTEN -> matcher.written().getCopyOfBuffer();
    };
  }
}
