package io.foreshock.savepoint;

import java.util.SortedSet;
import java.util.TreeSet;

/** What counting the content of one state has shown. */
public final class StateFigures {
  private final StoredState state;
  private final Readable.EventTimes times = new Readable.EventTimes();
  private final TreeSet<Integer> formats = new TreeSet<>();
  private long keys;
  private long entries;
  private long bytes;
  private String unreadable = "";

  StateFigures(StoredState state) {
    this.state = state;
  }

  void entry(long size, int format) {
    entries++;
    bytes += size;
    if (format > 0) {
      formats.add(format);
    }
  }

  void key() {
    keys++;
  }

  /** A value that this process cannot read. */
  void unreadable(String reason) {
    if (unreadable.isEmpty()) {
      unreadable = reason;
    }
  }

  Readable.EventTimes mutableTimes() {
    return times;
  }

  public StoredState state() {
    return state;
  }

  /** Keys of the stream with something in this state; 0 for a state without keys. */
  public long keys() {
    return keys;
  }

  /** Values, entries of maps, timers, or elements of a list. */
  public long entries() {
    return entries;
  }

  /** Bytes of keys and values in Flink's common format; 0 for a state without keys. */
  public long bytes() {
    return bytes;
  }

  /** Formats of ours that were met in front of values, ascending. */
  public SortedSet<Integer> formats() {
    return formats;
  }

  public Readable.EventTimes times() {
    return times;
  }

  /** Why a value could not be read; empty when all could. */
  public String unreadable() {
    return unreadable;
  }
}
