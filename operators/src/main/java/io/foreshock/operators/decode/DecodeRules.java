package io.foreshock.operators.decode;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is accepted from a device beyond the contract in {@code telemetry.proto}.
 *
 * @param maxMessageSize larger records are refused before anybody looks inside; in bytes, positive;
 *     default 1 MiB
 * @param futureTolerance an item whose event time is further ahead of the append time is refused:
 *     one bad clock must not move time for the rest; not negative; default 5 min
 * @param liveMaxAge a batch whose newest item is older than this when the broker appends it is
 *     marked backlog and never pages anybody; positive; default 15 min
 */
public record DecodeRules(int maxMessageSize, Duration futureTolerance, Duration liveMaxAge)
    implements Serializable {

  public static final DecodeRules DEFAULT =
      new DecodeRules(1024 * 1024, Duration.ofMinutes(5), Duration.ofMinutes(15));

  public DecodeRules {
    List<String> problems = new ArrayList<>();
    if (maxMessageSize <= 0) {
      problems.add(
          "maxMessageSize must be positive, but is "
              + maxMessageSize
              + " bytes. Use e.g. 1048576.");
    }
    if (futureTolerance.isNegative()) {
      problems.add(
          "futureTolerance must not be negative, but is " + futureTolerance + ". Use e.g. 5 min.");
    }
    if (liveMaxAge.isNegative() || liveMaxAge.isZero()) {
      problems.add("liveMaxAge must be positive, but is " + liveMaxAge + ". Use e.g. 15 min.");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
  }
}
