package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Times in which a vehicle stood, over a series of speeds. Two series that follow each other join
 * the standstill at the end of the first with that at the begin of the second.
 */
final class Standstills {
  /** Idlings of one session that are told one by one; what is beyond is only counted. */
  static final int MAX_TOLD = 64;

  private static final long NONE = Long.MIN_VALUE;

  /** Begin of the standstill that goes on at the last reading. */
  private long since = NONE;

  /** End of the standstill that the first reading began; not set while it goes on. */
  private long ledUntil = NONE;

  private int count;
  private long millis;
  private final List<Interval> told = new ArrayList<>(0);

  /** A standstill that was long enough, first and last slow reading. */
  record Interval(long startMillis, long endMillis) {}

  boolean goOn() {
    return since != NONE;
  }

  void begin(long startMillis) {
    since = startMillis;
  }

  /**
   * Ends the standstill that goes on.
   *
   * @param firstMillis first reading of the series
   * @param endMillis last slow reading
   */
  void end(long firstMillis, long endMillis, SessionRule rule) {
    if (since == firstMillis) {
      ledUntil = endMillis;
    }
    if (isLong(since, endMillis, rule)) {
      count++;
      millis += endMillis - since;
      tell(new Interval(since, endMillis));
    }
    since = NONE;
  }

  private static boolean isLong(long startMillis, long endMillis, SessionRule rule) {
    return endMillis - startMillis >= rule.idling().longerThan().toMillis();
  }

  private void tell(Interval interval) {
    if (told.size() < MAX_TOLD) {
      told.add(interval);
    }
  }

  /** Standstills that were long enough. */
  int count() {
    return count;
  }

  /** Their duration together. */
  long millis() {
    return millis;
  }

  List<Interval> told() {
    return told;
  }

  /**
   * Adds those of the series that follows.
   *
   * @param firstMillis first reading of this series
   * @param lastMillis last reading of this series
   * @param nextMillis first reading of the next series
   * @param hole whether too much time lies between them to be one standstill
   */
  void append(
      Standstills next,
      long firstMillis,
      long lastMillis,
      long nextMillis,
      boolean hole,
      SessionRule rule) {
    boolean nextStands = next.ledUntil != NONE || next.since == nextMillis;
    if (goOn() && (hole || !nextStands)) {
      end(firstMillis, lastMillis, rule);
    }
    boolean joins = goOn();
    for (Interval interval : next.told) {
      if (!joins || interval.startMillis() != nextMillis) {
        tell(interval);
      }
    }
    count += next.count;
    millis += next.millis;
    if (joins && next.ledUntil != NONE) {
      if (isLong(nextMillis, next.ledUntil, rule)) {
        count--;
        millis -= next.ledUntil - nextMillis;
      }
      end(firstMillis, next.ledUntil, rule);
    }
    if (!joins || next.ledUntil != NONE) {
      since = next.since;
    }
    told.sort(Comparator.comparingLong(Interval::startMillis));
  }

  void set(Standstills other) {
    since = other.since;
    ledUntil = other.ledUntil;
    count = other.count;
    millis = other.millis;
    told.clear();
    told.addAll(other.told);
  }

  void write(long baseMillis, DataOutputView out) throws IOException {
    out.writeByte((since != NONE ? 1 : 0) | (ledUntil != NONE ? 2 : 0));
    if (since != NONE) {
      Fields.writeSignedVarLong(since - baseMillis, out);
    }
    if (ledUntil != NONE) {
      Fields.writeSignedVarLong(ledUntil - baseMillis, out);
    }
    Fields.writeVarInt(count, out);
    Fields.writeVarLong(millis, out);
    Fields.writeVarInt(told.size(), out);
    for (Interval interval : told) {
      Fields.writeSignedVarLong(interval.startMillis() - baseMillis, out);
      Fields.writeSignedVarLong(interval.endMillis() - interval.startMillis(), out);
    }
  }

  void read(long baseMillis, DataInputView in) throws IOException {
    int has = in.readUnsignedByte();
    since = (has & 1) != 0 ? Fields.readSignedVarLong(in) + baseMillis : NONE;
    ledUntil = (has & 2) != 0 ? Fields.readSignedVarLong(in) + baseMillis : NONE;
    count = Fields.readVarInt(in);
    millis = Fields.readVarLong(in);
    int size = Fields.readVarInt(in);
    for (int i = 0; i < size; i++) {
      long start = Fields.readSignedVarLong(in) + baseMillis;
      told.add(new Interval(start, start + Fields.readSignedVarLong(in)));
    }
  }
}
