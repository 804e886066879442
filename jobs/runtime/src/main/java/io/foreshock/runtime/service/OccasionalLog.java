package io.foreshock.runtime.service;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Warnings that would otherwise come with every message: one a minute of each kind, with the number
 * of those left out. Kinds are few and known. Thread-safe.
 */
public final class OccasionalLog {
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Logger log;
  private final LongSupplier nanoClock;
  private final Map<String, Entry> entries = new HashMap<>();

  private static final class Entry {
    long nextNanos;
    long leftOut;
  }

  public OccasionalLog(Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
  }

  public synchronized void warn(String kind, String text) {
    long now = nanoClock.getAsLong();
    Entry entry = entries.get(kind);
    if (entry == null) {
      entry = new Entry();
      entries.put(kind, entry);
    } else if (now - entry.nextNanos < 0) {
      entry.leftOut++;
      return;
    }
    log.warn("{}{}", text, entry.leftOut == 0 ? "" : " (and " + entry.leftOut + " like it since)");
    entry.nextNanos = now + PAUSE_NANOS;
    entry.leftOut = 0;
  }
}
