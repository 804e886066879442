package io.foreshock.backtest.score;

import java.io.IOException;

/** The readings of a recording; may be read more than once, and is the same each time. */
@FunctionalInterface
public interface Readings {

  /** No readings. */
  Readings NONE = reader -> {};

  /** Hands over every reading; those of one asset and channel come in order of time. */
  void forEach(Reader reader) throws IOException;

  /** Takes a reading. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param millis event time, milliseconds since 1970
     * @param value in the channel's unit
     */
    void read(String asset, String channel, long millis, double value);
  }
}
