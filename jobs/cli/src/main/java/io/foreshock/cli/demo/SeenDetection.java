package io.foreshock.cli.demo;

import io.foreshock.model.Detection;

/**
 * A detection as a reader of the topic saw it.
 *
 * @param seenNanos {@link System#nanoTime} when the poll returned it
 * @param latencyNanos from the moment at which it was possible until it was seen; -1 when unknown,
 *     as for a match that the passing of time completed
 */
record SeenDetection(Detection detection, long seenNanos, long latencyNanos) {}
