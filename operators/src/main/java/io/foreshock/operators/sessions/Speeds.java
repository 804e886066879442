package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Largest speed, harsh braking and idling over readings of speed in order. */
final class Speeds {
  /** Idlings of one session that are told one by one; what is beyond is only counted. */
  static final int MAX_TOLD = 64;

  private static final long NONE = Long.MIN_VALUE;

  long count;
  boolean reported;
  double max;
  int harshBrakings;
  long firstMillis;
  private double first;
  long lastMillis;
  private double last;
  private boolean braking;

  /** Whether it was braking from the first reading to the second. */
  private boolean beganBraking;

  /** Begin of the standstill that goes on at the last reading. */
  private long standsSince = NONE;

  /** End of the standstill that the first reading began; not set while it goes on. */
  private long ledUntil = NONE;

  private int idlingCount;
  private long idlingMillis;
  private final List<Interval> told = new ArrayList<>(0);

  /** A standstill that was long enough, first and last slow reading. */
  record Interval(long startMillis, long endMillis) {}

  boolean isBehind(long millis) {
    return count > 0 && millis < lastMillis;
  }

  /**
   * Adds the next speed.
   *
   * @param kmH over ground
   */
  void add(long millis, double kmH, SessionRule rule) {
    if (count > 0 && millis <= lastMillis) {
      return;
    }
    boolean slow = kmH < rule.idling().belowKmH();
    if (count == 0) {
      firstMillis = millis;
      first = kmH;
    } else {
      boolean harsh = isHarsh(millis, kmH, rule);
      harshBrakings += harsh && !braking ? 1 : 0;
      beganBraking |= harsh && count == 1;
      braking = harsh;
      if (standsSince != NONE && (!slow || millis - lastMillis > rule.maxHole().toMillis())) {
        endStandstill(rule);
      }
    }
    if (slow && standsSince == NONE) {
      standsSince = millis;
    }
    max = count == 0 ? kmH : Math.max(max, kmH);
    lastMillis = millis;
    last = kmH;
    count++;
  }

  private boolean isHarsh(long millis, double kmH, SessionRule rule) {
    long elapsed = millis - lastMillis;
    return elapsed > 0
        && elapsed <= rule.braking().within().toMillis()
        && (last - kmH) / 3.6 / (elapsed / 1_000.0) > rule.braking().metresPerSecond2();
  }

  private void endStandstill(SessionRule rule) {
    if (standsSince == firstMillis) {
      ledUntil = lastMillis;
    }
    note(standsSince, lastMillis, rule);
    standsSince = NONE;
  }

  private void note(long startMillis, long endMillis, SessionRule rule) {
    if (endMillis - startMillis >= rule.idling().longerThan().toMillis()) {
      idlingCount++;
      idlingMillis += endMillis - startMillis;
      if (told.size() < MAX_TOLD) {
        told.add(new Interval(startMillis, endMillis));
      }
    }
  }

  /** The same with a standstill at the end taken as over. */
  Speeds ended(SessionRule rule) {
    if (standsSince == NONE) {
      return this;
    }
    Speeds ended = new Speeds();
    ended.set(this);
    ended.endStandstill(rule);
    return ended;
  }

  int idlingCount() {
    return idlingCount;
  }

  long idlingMillis() {
    return idlingMillis;
  }

  List<Interval> told() {
    return told;
  }

  /**
   * Adds another stretch. When the two overlap, the longer one counts alone.
   *
   * @return false when they overlap
   */
  boolean merge(Speeds other, SessionRule rule) {
    if (other.count == 0) {
      return true;
    }
    if (count == 0) {
      set(other);
      return true;
    }
    boolean behind = other.lastMillis <= firstMillis;
    if (!behind && other.firstMillis < lastMillis) {
      double highest = Math.max(max, other.max);
      if (other.lastMillis - other.firstMillis > lastMillis - firstMillis) {
        set(other);
      }
      max = highest;
      return false;
    }
    Speeds joined = new Speeds();
    joined.set(behind ? other : this);
    joined.append(behind ? this : other, rule);
    set(joined);
    return true;
  }

  private void append(Speeds next, SessionRule rule) {
    boolean hole = next.firstMillis - lastMillis > rule.maxHole().toMillis();
    boolean leads = next.ledUntil != NONE || next.standsSince == next.firstMillis;
    boolean harsh = isHarsh(next.firstMillis, next.first, rule);
    harshBrakings += next.harshBrakings;
    harshBrakings += harsh && !braking ? 1 : 0;
    // What began with the next stretch goes on from here.
    harshBrakings -= harsh && next.beganBraking ? 1 : 0;
    beganBraking |= harsh && count == 1;
    braking = next.count == 1 ? harsh : next.braking;
    if (standsSince != NONE && (hole || !leads)) {
      endStandstill(rule);
    }
    boolean joins = standsSince != NONE;
    long nextLed = next.ledUntil;
    for (Interval interval : next.told) {
      if (!(joins && interval.startMillis() == next.firstMillis) && told.size() < MAX_TOLD) {
        told.add(interval);
      }
    }
    idlingCount += next.idlingCount;
    idlingMillis += next.idlingMillis;
    if (joins && nextLed != NONE) {
      long length = nextLed - next.firstMillis;
      if (length >= rule.idling().longerThan().toMillis()) {
        idlingCount--;
        idlingMillis -= length;
      }
      lastMillis = nextLed;
      endStandstill(rule);
    }
    if (!joins || nextLed != NONE) {
      standsSince = next.standsSince;
    }
    told.sort((a, b) -> Long.compare(a.startMillis(), b.startMillis()));
    max = Math.max(max, next.max);
    reported |= next.reported;
    lastMillis = next.lastMillis;
    last = next.last;
    count += next.count;
  }

  void set(Speeds other) {
    count = other.count;
    reported = other.reported;
    max = other.max;
    harshBrakings = other.harshBrakings;
    firstMillis = other.firstMillis;
    first = other.first;
    lastMillis = other.lastMillis;
    last = other.last;
    braking = other.braking;
    beganBraking = other.beganBraking;
    standsSince = other.standsSince;
    ledUntil = other.ledUntil;
    idlingCount = other.idlingCount;
    idlingMillis = other.idlingMillis;
    told.clear();
    told.addAll(other.told);
  }

  void write(long baseMillis, DataOutputView out) throws IOException {
    Fields.writeVarLong(count, out);
    if (count == 0) {
      return;
    }
    out.writeByte(
        (reported ? 1 : 0)
            | (braking ? 2 : 0)
            | (standsSince != NONE ? 4 : 0)
            | (ledUntil != NONE ? 8 : 0)
            | (beganBraking ? 16 : 0));
    out.writeDouble(max);
    Fields.writeVarInt(harshBrakings, out);
    Fields.writeSignedVarLong(firstMillis - baseMillis, out);
    out.writeDouble(first);
    Fields.writeSignedVarLong(lastMillis - firstMillis, out);
    out.writeDouble(last);
    if (standsSince != NONE) {
      Fields.writeSignedVarLong(standsSince - firstMillis, out);
    }
    if (ledUntil != NONE) {
      Fields.writeSignedVarLong(ledUntil - firstMillis, out);
    }
    Fields.writeVarInt(idlingCount, out);
    Fields.writeVarLong(idlingMillis, out);
    Fields.writeVarInt(told.size(), out);
    for (Interval interval : told) {
      Fields.writeSignedVarLong(interval.startMillis() - firstMillis, out);
      Fields.writeSignedVarLong(interval.endMillis() - interval.startMillis(), out);
    }
  }

  void read(long baseMillis, DataInputView in) throws IOException {
    count = Fields.readVarLong(in);
    if (count == 0) {
      return;
    }
    int flags = in.readUnsignedByte();
    reported = (flags & 1) != 0;
    braking = (flags & 2) != 0;
    beganBraking = (flags & 16) != 0;
    max = in.readDouble();
    harshBrakings = Fields.readVarInt(in);
    firstMillis = Fields.readSignedVarLong(in) + baseMillis;
    first = in.readDouble();
    lastMillis = Fields.readSignedVarLong(in) + firstMillis;
    last = in.readDouble();
    standsSince = (flags & 4) != 0 ? Fields.readSignedVarLong(in) + firstMillis : NONE;
    ledUntil = (flags & 8) != 0 ? Fields.readSignedVarLong(in) + firstMillis : NONE;
    idlingCount = Fields.readVarInt(in);
    idlingMillis = Fields.readVarLong(in);
    int size = Fields.readVarInt(in);
    for (int i = 0; i < size; i++) {
      long start = Fields.readSignedVarLong(in) + firstMillis;
      told.add(new Interval(start, start + Fields.readSignedVarLong(in)));
    }
  }
}
