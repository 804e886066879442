package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Largest speed, harsh braking and standstills over readings of speed in order. */
final class Speeds {
  private static final int REPORTED = 1;
  private static final int BRAKING = 2;
  private static final int BEGAN_BRAKING = 4;

  long count;

  /** Whether somebody measured a speed; else they are derived from positions. */
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

  private final Standstills standstills = new Standstills();

  boolean isBehind(long millis) {
    return count > 0 && millis < lastMillis;
  }

  /**
   * Adds the next speed; one of the same time as the last is left out, one behind it too.
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
      max = kmH;
    } else {
      boolean harsh = isHarsh(millis, kmH, rule);
      harshBrakings += harsh && !braking ? 1 : 0;
      beganBraking |= harsh && count == 1;
      braking = harsh;
      if (standstills.goOn() && (!slow || isHole(millis, rule))) {
        standstills.end(firstMillis, lastMillis, rule);
      }
    }
    if (slow && !standstills.goOn()) {
      standstills.begin(millis);
    }
    max = Math.max(max, kmH);
    lastMillis = millis;
    last = kmH;
    count++;
  }

  private boolean isHole(long nextMillis, SessionRule rule) {
    return nextMillis - lastMillis > rule.maxHole().toMillis();
  }

  private boolean isHarsh(long millis, double kmH, SessionRule rule) {
    long elapsed = millis - lastMillis;
    return elapsed > 0
        && elapsed <= rule.braking().within().toMillis()
        && (last - kmH) / 3.6 / (elapsed / 1_000.0) > rule.braking().metresPerSecond2();
  }

  /** Standstills, with one at the end taken as over. */
  Standstills standstills(SessionRule rule) {
    Standstills all = new Standstills();
    all.set(standstills);
    if (all.goOn()) {
      all.end(firstMillis, lastMillis, rule);
    }
    return all;
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
    boolean harsh = isHarsh(next.firstMillis, next.first, rule);
    harshBrakings += next.harshBrakings;
    harshBrakings += harsh && !braking ? 1 : 0;
    // What began with the next stretch goes on from here.
    harshBrakings -= harsh && next.beganBraking ? 1 : 0;
    beganBraking |= harsh && count == 1;
    braking = next.count == 1 ? harsh : next.braking;
    standstills.append(
        next.standstills,
        firstMillis,
        lastMillis,
        next.firstMillis,
        isHole(next.firstMillis, rule),
        rule);
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
    standstills.set(other.standstills);
  }

  void write(long baseMillis, DataOutputView out) throws IOException {
    Fields.writeVarLong(count, out);
    if (count == 0) {
      return;
    }
    out.writeByte(
        (reported ? REPORTED : 0) | (braking ? BRAKING : 0) | (beganBraking ? BEGAN_BRAKING : 0));
    out.writeDouble(max);
    Fields.writeVarInt(harshBrakings, out);
    Fields.writeSignedVarLong(firstMillis - baseMillis, out);
    out.writeDouble(first);
    Fields.writeSignedVarLong(lastMillis - firstMillis, out);
    out.writeDouble(last);
    standstills.write(firstMillis, out);
  }

  void read(long baseMillis, DataInputView in) throws IOException {
    count = Fields.readVarLong(in);
    if (count == 0) {
      return;
    }
    int flags = in.readUnsignedByte();
    reported = (flags & REPORTED) != 0;
    braking = (flags & BRAKING) != 0;
    beganBraking = (flags & BEGAN_BRAKING) != 0;
    max = in.readDouble();
    harshBrakings = Fields.readVarInt(in);
    firstMillis = Fields.readSignedVarLong(in) + baseMillis;
    first = in.readDouble();
    lastMillis = Fields.readSignedVarLong(in) + firstMillis;
    last = in.readDouble();
    standstills.read(firstMillis, in);
  }
}
