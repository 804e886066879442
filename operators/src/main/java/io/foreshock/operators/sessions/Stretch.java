package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Time during which an asset runs without a pause longer than the gap. */
final class Stretch {
  private static final int APPROXIMATE = 1;
  private static final int GOES_ON = 2;

  /** First and last moment that shows it running. */
  long startMillis;

  long endMillis;

  /** Of all moments since the start, those after the end included. */
  Sums sums;

  /** The same as it stood at the end; null when nothing came after it. */
  Sums untilEnd;

  boolean approximate;

  Stretch(long startMillis) {
    this.startMillis = startMillis;
    this.endMillis = startMillis;
    this.sums = new Sums();
  }

  /** What belongs to it: what came after the end does not. */
  Sums ownSums() {
    return untilEnd == null ? sums : untilEnd;
  }

  boolean touches(Stretch other, long gapMillis) {
    return other.startMillis - endMillis <= gapMillis && startMillis - other.endMillis <= gapMillis;
  }

  /**
   * Takes in another stretch that is one with this one, because no pause longer than the gap lies
   * between them. What came after the end of the earlier one is then part of both together.
   */
  void merge(Stretch other, SessionRule rule) {
    Stretch first = startMillis <= other.startMillis ? this : other;
    Stretch second = first == this ? other : this;
    boolean apart = first.endMillis <= second.startMillis;
    boolean pauseFits =
        first.untilEnd == null || apart && first.sums.lastMillis() <= second.startMillis;
    Sums joined = (pauseFits ? first.sums : first.untilEnd).copy();
    Sums joinedUntilEnd = null;
    boolean exact = pauseFits;
    if (apart && second.untilEnd != null) {
      joinedUntilEnd = joined.copy();
      joinedUntilEnd.merge(second.untilEnd, rule);
      exact &= joined.merge(second.sums, rule);
    } else {
      exact &= joined.merge(second.ownSums(), rule);
    }
    approximate |= other.approximate | !exact;
    sums = joined;
    untilEnd = joinedUntilEnd;
    endMillis = Math.max(endMillis, other.endMillis);
    startMillis = first.startMillis;
  }

  Stretch copy() {
    Stretch copy = new Stretch(startMillis);
    copy.endMillis = endMillis;
    copy.sums = sums.copy();
    copy.untilEnd = untilEnd == null ? null : untilEnd.copy();
    copy.approximate = approximate;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(startMillis);
    Fields.writeVarLong(endMillis - startMillis, out);
    out.writeByte((approximate ? APPROXIMATE : 0) | (untilEnd == null ? 0 : GOES_ON));
    sums.write(startMillis, out);
    if (untilEnd != null) {
      untilEnd.write(startMillis, out);
    }
  }

  static Stretch read(DataInputView in) throws IOException {
    Stretch stretch = new Stretch(in.readLong());
    stretch.endMillis = stretch.startMillis + Fields.readVarLong(in);
    int flags = in.readUnsignedByte();
    stretch.approximate = (flags & APPROXIMATE) != 0;
    stretch.sums = Sums.read(stretch.startMillis, in);
    stretch.untilEnd = (flags & GOES_ON) != 0 ? Sums.read(stretch.startMillis, in) : null;
    return stretch;
  }
}
