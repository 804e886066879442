package io.foreshock.patterns.live;

import io.foreshock.model.PatternDocument;

/**
 * A document as a task remembers it.
 *
 * @param document what was published, or stands in a file
 * @param generation open matches of another generation are given up: a pattern that was removed or
 *     paused, and is back, begins anew
 * @param retiredAtMillis ingest time at which another version took its place; {@link #RUNS} for the
 *     one that runs, {@link #UNKNOWN} when no ingest time was known then
 */
record LivePattern(PatternDocument document, long generation, long retiredAtMillis) {
  static final long RUNS = Long.MAX_VALUE;
  static final long UNKNOWN = Long.MIN_VALUE;

  static LivePattern running(PatternDocument document, long generation) {
    return new LivePattern(document, generation, RUNS);
  }

  LivePattern retiredAt(long ingestMillis) {
    return new LivePattern(document, generation, ingestMillis);
  }

  /**
   * What its open matches belong to; the name alone for a pattern that was there from the start.
   */
  String identity() {
    return label() + (generation == 0 ? "" : "#" + generation);
  }

  /** Name in metrics, and for people. */
  String label() {
    return document.tenant().isEmpty() ? document.name() : document.key();
  }
}
