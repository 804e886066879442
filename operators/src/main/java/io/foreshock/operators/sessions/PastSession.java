package io.foreshock.operators.sessions;

import io.foreshock.model.SessionRow;
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

  /**
   * A row that readers have.
   *
   * @param kind what the session was called; null where state of format 1 does not say
   */
  record Told(SessionRow.Kind kind, long startMillis, long durationMillis) {
    private static final SessionRow.Kind[] KINDS = SessionRow.Kind.values();

    /** What it was called; as it is called now where that is not known. */
    SessionRow.Kind kindOr(SessionRow.Kind now) {
      return kind == null ? now : kind;
    }

    private void write(long base, DataOutputView out) throws IOException {
      Fields.writeSignedVarLong(startMillis - base, out);
      Fields.writeVarLong(durationMillis, out);
      out.writeByte(kind == null ? 0 : kind.ordinal() + 1);
    }

    private static Told read(long base, boolean withKind, DataInputView in) throws IOException {
      long start = base + Fields.readSignedVarLong(in);
      long duration = Fields.readVarLong(in);
      int kind = withKind ? in.readUnsignedByte() : 0;
      return new Told(kind == 0 ? null : KINDS[kind - 1], start, duration);
    }
  }

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
    Fields.writeList(told, (row, view) -> row.write(base, view), out);
    Fields.writeList(
        toldIdlings, (start, view) -> Fields.writeSignedVarLong(start - base, view), out);
  }

  /**
   * Reads what was written.
   *
   * @param withKind whether rows that were told name their kind: since format 2
   */
  static PastSession read(boolean withKind, DataInputView in) throws IOException {
    PastSession session = new PastSession(Stretch.read(in));
    long base = session.stretch.startMillis;
    session.revision = Fields.readVarInt(in);
    session.changed = in.readBoolean();
    session.told.addAll(Fields.readList(view -> Told.read(base, withKind, view), in));
    session.toldIdlings.addAll(Fields.readList(view -> base + Fields.readSignedVarLong(view), in));
    return session;
  }
}
