package io.foreshock.patterns.engine;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the engine keeps time and what it may keep.
 *
 * @param clock whose time decides that time ran out
 * @param disorderBound signals of an asset arrive at most this much out of order, in the asset's
 *     own time; zero (the default) when they arrive in order, as after {@code order-telemetry}:
 *     signals are then matched on arrival
 * @param offlineGrace how long, on the ingest clock, an asset may say nothing beyond the deadline
 *     of its open matches before they are given up; default 24 h. An asset that is back within this
 *     time goes on where it stopped. On the asset's clock they are given up late by an eighth of
 *     the whole wait at most
 * @param maxBufferedSignals signals that one asset may have in the open matches of one pattern, and
 *     signals of one asset that may wait for their order. Without memory the latter are counted
 *     once in each disorder bound of ingest time only
 * @param memoryBytes what the values of assets may take in the memory of each task, in front of the
 *     state; 0 for none: each value is then read and written at once. An asset takes about 0.1 kB,
 *     and its value (some 0.1 kB for each signal that open matches hold)
 */
public record EngineRules(
    Clock clock,
    Duration disorderBound,
    Duration offlineGrace,
    int maxBufferedSignals,
    long memoryBytes)
    implements Serializable {

  /** What {@link #memoryBytes} is unless said otherwise. */
  public static final long MEMORY_BYTES = 32L << 20;

  /** Whose time decides that time ran out. */
  public enum Clock {
    /**
     * The asset's own signals. Flink's watermark is the ingest clock and only cleans up: silence is
     * no evidence of absence.
     */
    ASSET,
    /**
     * Flink's watermark, which is then in the assets' own time: what stock flink-cep does. For
     * bounded inputs and comparisons.
     */
    WATERMARK
  }

  public static final EngineRules DEFAULT =
      new EngineRules(Clock.ASSET, Duration.ZERO, Duration.ofHours(24), 1024);

  /** As stock flink-cep keeps time, for signals in order. */
  public static final EngineRules AS_FLINK_CEP =
      new EngineRules(Clock.WATERMARK, Duration.ZERO, Duration.ZERO, Integer.MAX_VALUE);

  /** With the memory that is usual. */
  public EngineRules(
      Clock clock, Duration disorderBound, Duration offlineGrace, int maxBufferedSignals) {
    this(clock, disorderBound, offlineGrace, maxBufferedSignals, MEMORY_BYTES);
  }

  public EngineRules {
    List<String> problems = new ArrayList<>();
    if (disorderBound.isNegative()) {
      problems.add(
          "disorderBound must not be negative, but is "
              + disorderBound
              + ". Use 0 for signals in order.");
    }
    if (clock == Clock.WATERMARK && disorderBound.compareTo(Duration.ZERO) > 0) {
      problems.add(
          "disorderBound is "
              + disorderBound
              + ", but signals wait for their order on the ingest clock, which the watermark is not"
              + " with the clock WATERMARK. Sort them before and use 0, or the clock ASSET.");
    }
    if (offlineGrace.isNegative()) {
      problems.add(
          "offlineGrace must not be negative, but is " + offlineGrace + ". Use e.g. PT24H.");
    }
    if (clock == Clock.WATERMARK && !offlineGrace.isZero()) {
      problems.add(
          "offlineGrace is "
              + offlineGrace
              + ", but the watermark knows no asset that is offline. Use 0, or the clock ASSET.");
    }
    if (maxBufferedSignals < 1) {
      problems.add("maxBufferedSignals must be at least 1, but is " + maxBufferedSignals + '.');
    }
    if (memoryBytes < 0) {
      problems.add("memoryBytes must not be negative, but is " + memoryBytes + ". Use 0 for none.");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
  }
}
