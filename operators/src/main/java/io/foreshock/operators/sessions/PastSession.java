package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A session that is over, remembered to be extended and merged. */
final class PastSession {
  long startMillis;
  long endMillis;
  Sums sums;
  boolean approximate;

  /** Of the row that was told last; 0 when none was. */
  int revision;

  /** Whether it changed since. */
  boolean changed = true;

  /** What was told and counts as a session still: its own last row and those of merged parts. */
  final List<Told> told = new ArrayList<>(1);

  /** Starts of the idlings that were told. */
  final List<Long> toldIdlings = new ArrayList<>(0);

  /** A row that readers have. */
  record Told(long startMillis, long durationMillis) {}

  private PastSession() {}

  PastSession(Stretch stretch) {
    startMillis = stretch.startMillis;
    endMillis = stretch.endMillis;
    sums = stretch.ownSums();
    approximate = stretch.approximate;
  }

  /** Takes a neighbour in. */
  void merge(PastSession other, SessionRule rule) {
    boolean exact = sums.merge(other.sums, rule);
    approximate |= other.approximate | !exact;
    startMillis = Math.min(startMillis, other.startMillis);
    endMillis = Math.max(endMillis, other.endMillis);
    revision = Math.max(revision, other.revision);
    changed = true;
    told.addAll(other.told);
    toldIdlings.addAll(other.toldIdlings);
  }

  PastSession copy() {
    PastSession copy = new PastSession();
    copy.startMillis = startMillis;
    copy.endMillis = endMillis;
    copy.sums = sums.copy();
    copy.approximate = approximate;
    copy.revision = revision;
    copy.changed = changed;
    copy.told.addAll(told);
    copy.toldIdlings.addAll(toldIdlings);
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeLong(startMillis);
    Fields.writeVarLong(endMillis - startMillis, out);
    out.writeByte((approximate ? 1 : 0) | (changed ? 2 : 0));
    Fields.writeVarInt(revision, out);
    Fields.writeList(
        told,
        (row, view) -> {
          Fields.writeSignedVarLong(row.startMillis() - startMillis, view);
          Fields.writeVarLong(row.durationMillis(), view);
        },
        out);
    Fields.writeList(
        toldIdlings, (start, view) -> Fields.writeSignedVarLong(start - startMillis, view), out);
    sums.write(startMillis, out);
  }

  static PastSession read(DataInputView in) throws IOException {
    PastSession session = new PastSession();
    long start = in.readLong();
    session.startMillis = start;
    session.endMillis = start + Fields.readVarLong(in);
    int flags = in.readUnsignedByte();
    session.approximate = (flags & 1) != 0;
    session.changed = (flags & 2) != 0;
    session.revision = Fields.readVarInt(in);
    session.told.addAll(
        Fields.readList(
            view -> new Told(start + Fields.readSignedVarLong(view), Fields.readVarLong(view)),
            in));
    session.toldIdlings.addAll(Fields.readList(view -> start + Fields.readSignedVarLong(view), in));
    session.sums = Sums.read(start, in);
    return session;
  }
}
