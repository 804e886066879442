package io.foreshock.operators.sessions;

import io.foreshock.model.Position;
import io.foreshock.operators.sessions.SessionRule.Positions;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The way over positions that are believed.
 *
 * <p>The way leads from anchor to anchor: a position near the anchor is the same place, so a
 * receiver that wanders while the vehicle is parked adds nothing. A position that could not be
 * reached in time is a jump; the third in a row that agrees with the ones before it is believed,
 * and the way goes on from there without the distance. A position behind the last one in time is
 * left out.
 */
final class Track {
  /** Positions that must agree with each other before a jump is believed. */
  private static final int AGREEING = 3;

  /** Shortest time over which a speed is derived from positions. */
  private static final long SPEED_SPAN_MILLIS = 5_000;

  long accepted;
  int rejected;
  double metres;
  private final Fix first = new Fix();
  private final Fix last = new Fix();
  private final Fix anchor = new Fix();

  /** The last of the positions that agree with each other and with nothing before. */
  private final Fix candidate = new Fix();

  private int agreeing;

  /** When a speed was derived last, and the way up to then. */
  private long spanMillis;

  private double spanMetres;

  boolean isEmpty() {
    return accepted == 0;
  }

  boolean isBehind(long millis) {
    return accepted > 0 && millis < last.millis;
  }

  /** Time of the last position that was believed; 0 when there is none. */
  long lastMillis() {
    return last.millis;
  }

  /**
   * Whether the next position shows that the vehicle moved: away from the anchor, and faster than
   * that since the last position.
   */
  boolean moves(Position position, Positions rules, double aboveKmH) {
    if (accepted == 0 || !isBelievable(position, rules)) {
      return false;
    }
    double kmH = last.kmHTo(position, rules);
    return kmH > aboveKmH
        && kmH <= rules.maxSpeedKmH()
        && anchor.metresTo(position) >= rules.parkedMetres();
  }

  private boolean isBelievable(Position position, Positions rules) {
    return Double.isFinite(position.latitudeDegrees())
        && Double.isFinite(position.longitudeDegrees())
        && !(position.accuracyMetres() > rules.accuracyMetres())
        && !isBehind(position.eventTimeMillis());
  }

  /** Adds the next position. */
  void add(Position position, Positions rules) {
    if (!isBelievable(position, rules)) {
      rejected++;
    } else if (accepted == 0) {
      first.set(position);
      spanMillis = first.millis;
      moveTo(position);
    } else if (last.kmHTo(position, rules) > rules.maxSpeedKmH()) {
      rejected++;
      doubt(position, rules);
    } else {
      double way = anchor.metresTo(position);
      if (way >= rules.parkedMetres()) {
        metres += way;
        moveTo(position);
      } else {
        see(position);
      }
    }
  }

  private void doubt(Position position, Positions rules) {
    boolean agrees = agreeing > 0 && candidate.kmHTo(position, rules) <= rules.maxSpeedKmH();
    agreeing = agrees ? agreeing + 1 : 1;
    candidate.set(position);
    if (agreeing == AGREEING) {
      moveTo(position);
      spanMillis = last.millis;
      spanMetres = metres;
    }
  }

  private void moveTo(Position position) {
    anchor.set(position);
    see(position);
  }

  private void see(Position position) {
    accepted++;
    last.set(position);
    agreeing = 0;
  }

  /** Mean speed in km/h since the last one was taken; NaN before enough time has gone by. */
  double takeSpeed(Positions rules) {
    long millis = last.millis - spanMillis;
    if (millis < Math.max(SPEED_SPAN_MILLIS, rules.clockStep().toMillis())) {
      return Double.NaN;
    }
    double speed = (metres - spanMetres) / millis * 3_600;
    spanMillis = last.millis;
    spanMetres = metres;
    return speed;
  }

  /** Forgets the way up to here; the next position counts from the same place. */
  void restart() {
    accepted = Math.min(1, accepted);
    rejected = 0;
    metres = 0;
    spanMetres = 0;
    spanMillis = last.millis;
    first.set(anchor);
    first.millis = last.millis;
  }

  /**
   * Adds another stretch of way. When the two overlap, the longer one counts alone.
   *
   * @return false when they overlap
   */
  boolean merge(Track other, Positions rules) {
    if (other.accepted == 0) {
      rejected += other.rejected;
      return true;
    }
    if (accepted == 0) {
      int before = rejected;
      set(other);
      rejected += before;
      return true;
    }
    boolean behind = other.last.millis <= first.millis;
    if (!behind && other.first.millis < last.millis) {
      if (other.last.millis - other.first.millis > last.millis - first.millis) {
        set(other);
      }
      return false;
    }
    Track joined = new Track();
    joined.set(behind ? other : this);
    joined.append(behind ? this : other, rules);
    set(joined);
    return true;
  }

  private void append(Track next, Positions rules) {
    double way = anchor.metresTo(next.first);
    boolean counts =
        way >= rules.parkedMetres() && last.kmHTo(next.first, rules) <= rules.maxSpeedKmH();
    metres += counts ? way : 0;
    spanMillis = next.spanMillis;
    spanMetres = metres + next.spanMetres;
    metres += next.metres;
    accepted += next.accepted;
    rejected += next.rejected;
    last.set(next.last);
    anchor.set(next.anchor);
    candidate.set(next.candidate);
    agreeing = next.agreeing;
  }

  void set(Track other) {
    accepted = other.accepted;
    rejected = other.rejected;
    metres = other.metres;
    first.set(other.first);
    last.set(other.last);
    anchor.set(other.anchor);
    candidate.set(other.candidate);
    agreeing = other.agreeing;
    spanMillis = other.spanMillis;
    spanMetres = other.spanMetres;
  }

  void write(long baseMillis, DataOutputView out) throws IOException {
    Fields.writeVarLong(accepted, out);
    Fields.writeVarInt(rejected, out);
    if (accepted == 0) {
      return;
    }
    out.writeDouble(metres);
    first.write(baseMillis, out);
    last.write(first.millis, out);
    anchor.write(last.millis, out);
    Fields.writeSignedVarLong(spanMillis - last.millis, out);
    out.writeDouble(spanMetres);
    out.writeByte(agreeing);
    if (agreeing > 0) {
      candidate.write(last.millis, out);
    }
  }

  void read(long baseMillis, DataInputView in) throws IOException {
    accepted = Fields.readVarLong(in);
    rejected = Fields.readVarInt(in);
    if (accepted == 0) {
      return;
    }
    metres = in.readDouble();
    first.read(baseMillis, in);
    last.read(first.millis, in);
    anchor.read(last.millis, in);
    spanMillis = Fields.readSignedVarLong(in) + last.millis;
    spanMetres = in.readDouble();
    agreeing = in.readUnsignedByte();
    if (agreeing > 0) {
      candidate.read(last.millis, in);
    }
  }
}
