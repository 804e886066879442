package io.foreshock.runtime.kafka;

/** What a reader of an output topic can rely on. */
public enum Delivery {
  /** Each record once for a {@code read_committed} reader, after the next checkpoint. */
  EXACTLY_ONCE,
  /** Each record at once, again after a restart; repeats carry the same id. */
  AT_LEAST_ONCE
}
