package io.foreshock.notifier.delivery;

import java.util.concurrent.TimeUnit;

/** Allows so many per minute, and some at once after quiet. Not thread-safe. */
final class TokenBucket {
  private final double perNano;
  private final double most;
  private double tokens;
  private long updatedNanos;

  /**
   * @param perMinute on average, at least 1
   * @param burst at once, at least 1
   */
  TokenBucket(int perMinute, int burst, long nowNanos) {
    this.perNano = perMinute / (double) TimeUnit.MINUTES.toNanos(1);
    this.most = burst;
    this.tokens = burst;
    this.updatedNanos = nowNanos;
  }

  /** How long until one is allowed; 0: now. Takes nothing. */
  long waitNanos(long nowNanos) {
    tokens = Math.min(most, tokens + (nowNanos - updatedNanos) * perNano);
    updatedNanos = nowNanos;
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
  }

  /** Takes one; only after {@link #waitNanos} said 0. */
  void take() {
    tokens -= 1;
  }
}
