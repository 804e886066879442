package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A session that is over, remembered to be extended and merged. */
final class PastSession {
  final Stretch stretch;

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

  PastSession(Stretch stretch) {
    this.stretch = stretch;
  }

  /** Takes a neighbour in. */
  void merge(PastSession other, SessionRule rule) {
    stretch.merge(other.stretch, rule);
    revision = Math.max(revision, other.revision);
    changed = true;
    told.addAll(other.told);
    toldIdlings.addAll(other.toldIdlings);
  }

  PastSession copy() {
    PastSession copy = new PastSession(stretch.copy());
    copy.revision = revision;
    copy.changed = changed;
    copy.told.addAll(told);
    copy.toldIdlings.addAll(toldIdlings);
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    long base = stretch.startMillis;
    stretch.write(out);
    Fields.writeVarInt(revision, out);
    out.writeBoolean(changed);
    Fields.writeList(
        told,
        (row, view) -> {
          Fields.writeSignedVarLong(row.startMillis() - base, view);
          Fields.writeVarLong(row.durationMillis(), view);
        },
        out);
    Fields.writeList(
        toldIdlings, (start, view) -> Fields.writeSignedVarLong(start - base, view), out);
  }

  static PastSession read(DataInputView in) throws IOException {
    PastSession session = new PastSession(Stretch.read(in));
    long base = session.stretch.startMillis;
    session.revision = Fields.readVarInt(in);
    session.changed = in.readBoolean();
    session.told.addAll(
        Fields.readList(
            view -> new Told(base + Fields.readSignedVarLong(view), Fields.readVarLong(view)), in));
    session.toldIdlings.addAll(Fields.readList(view -> base + Fields.readSignedVarLong(view), in));
    return session;
  }
}
