package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Integral of a quantity over time by the trapezoid rule; nothing is added over a hole.
 *
 * <p>Unit: that of the quantity times milliseconds.
 */
final class Integral {
  long count;
  long firstMillis;
  double first;
  long lastMillis;
  double last;
  double area;

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether a value of this time is behind what was added. */
  boolean isBehind(long millis) {
    return count > 0 && millis < lastMillis;
  }

  /** Adds the next value; one of the same time as the last is left out, one behind it too. */
  void add(long millis, double value, long maxHoleMillis) {
    if (count == 0) {
      firstMillis = millis;
      first = value;
    } else if (millis <= lastMillis) {
      return;
    } else {
      area += between(last, lastMillis, value, millis, maxHoleMillis);
    }
    lastMillis = millis;
    last = value;
    count++;
  }

  private static double between(
      double before, long fromMillis, double after, long toMillis, long maxHoleMillis) {
    long millis = toMillis - fromMillis;
    return millis <= maxHoleMillis ? (before + after) / 2 * millis : 0;
  }

  /**
   * Adds another stretch of the same quantity. When the two overlap, the longer one counts alone.
   *
   * @return false when they overlap
   */
  boolean merge(Integral other, long maxHoleMillis) {
    if (other.count == 0) {
      return true;
    }
    if (count == 0 || other.lastMillis <= firstMillis) {
      double own = area;
      double bridge =
          count == 0 ? 0 : between(other.last, other.lastMillis, first, firstMillis, maxHoleMillis);
      long ownLast = lastMillis;
      double ownLastValue = last;
      long ownCount = count;
      set(other);
      if (ownCount > 0) {
        area = other.area + bridge + own;
        lastMillis = ownLast;
        last = ownLastValue;
        count += ownCount;
      }
      return true;
    }
    if (other.firstMillis >= lastMillis) {
      area += between(last, lastMillis, other.first, other.firstMillis, maxHoleMillis) + other.area;
      lastMillis = other.lastMillis;
      last = other.last;
      count += other.count;
      return true;
    }
    if (other.lastMillis - other.firstMillis > lastMillis - firstMillis) {
      set(other);
    }
    return false;
  }

  void set(Integral other) {
    count = other.count;
    firstMillis = other.firstMillis;
    first = other.first;
    lastMillis = other.lastMillis;
    last = other.last;
    area = other.area;
  }

  /**
   * @param baseMillis a time near by
   */
  void write(long baseMillis, DataOutputView out) throws IOException {
    Fields.writeVarLong(count, out);
    if (count > 0) {
      Fields.writeSignedVarLong(firstMillis - baseMillis, out);
      out.writeDouble(first);
      Fields.writeSignedVarLong(lastMillis - firstMillis, out);
      out.writeDouble(last);
      out.writeDouble(area);
    }
  }

  void read(long baseMillis, DataInputView in) throws IOException {
    count = Fields.readVarLong(in);
    if (count > 0) {
      firstMillis = Fields.readSignedVarLong(in) + baseMillis;
      first = in.readDouble();
      lastMillis = Fields.readSignedVarLong(in) + firstMillis;
      last = in.readDouble();
      area = in.readDouble();
    }
  }
}
