package io.foreshock.backtest.run;

/**
 * How a run goes.
 *
 * @param parallelism of every operator but the source; the result does not depend on it
 * @param wishes what to keep besides detections
 * @param progress hears how far the run is
 * @param messages in the file; 0 when unknown: then no time left is told
 */
public record RunSettings(int parallelism, RunWishes wishes, Progress progress, long messages) {}
