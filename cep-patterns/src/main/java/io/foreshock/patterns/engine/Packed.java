package io.foreshock.patterns.engine;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Small numbers in few bytes: times are written as the distance from a base time. */
final class Packed {

  private Packed() {}

  /** A number of either sign: small magnitudes take one byte. */
  static void writeSigned(long value, DataOutputView out) throws IOException {
    Fields.writeVarLong((value << 1) ^ (value >> 63), out);
  }

  static long readSigned(DataInputView in) throws IOException {
    long raw = Fields.readVarLong(in);
    return (raw >>> 1) ^ -(raw & 1);
  }

  /** A time that may be {@code Long.MAX_VALUE} for never. */
  static void writeDeadline(long time, long base, DataOutputView out) throws IOException {
    out.writeBoolean(time != Long.MAX_VALUE);
    if (time != Long.MAX_VALUE) {
      writeSigned(time - base, out);
    }
  }

  static long readDeadline(DataInputView in, long base) throws IOException {
    return in.readBoolean() ? base + readSigned(in) : Long.MAX_VALUE;
  }

  /** Sum that stays at "never" and does not overflow; the second operand is not negative. */
  static long plus(long time, long duration) {
    return time > Long.MAX_VALUE - duration ? Long.MAX_VALUE : time + duration;
  }
}
