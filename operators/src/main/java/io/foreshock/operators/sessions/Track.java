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
  long firstMillis;
  private double firstLatitude;
  private double firstLongitude;
  long lastMillis;
  private double lastLatitude;
  private double lastLongitude;
  private double anchorLatitude;
  private double anchorLongitude;

  private int agreeing;
  private long candidateMillis;
  private double candidateLatitude;
  private double candidateLongitude;

  private long spanMillis;
  private double spanMetres;

  boolean isEmpty() {
    return accepted == 0;
  }

  boolean isBehind(long millis) {
    return accepted > 0 && millis < lastMillis;
  }

  /**
   * Whether the next position shows that the vehicle moved: away from the anchor, and faster than
   * that since the last position.
   */
  boolean moves(Position position, Positions rules, double aboveKmH) {
    if (accepted == 0 || !isBelievable(position, rules)) {
      return false;
    }
    double latitude = position.latitudeDegrees();
    double longitude = position.longitudeDegrees();
    double kmH = stepKmH(position.eventTimeMillis(), latitude, longitude, rules);
    return kmH > aboveKmH
        && kmH <= rules.maxSpeedKmH()
        && Geo.metres(anchorLatitude, anchorLongitude, latitude, longitude) >= rules.parkedMetres();
  }

  /** Mean speed since the last position that was accepted. */
  private double stepKmH(long millis, double latitude, double longitude, Positions rules) {
    return kmH(
        Geo.metres(lastLatitude, lastLongitude, latitude, longitude), millis - lastMillis, rules);
  }

  private static double kmH(double metres, long millis, Positions rules) {
    return metres / Math.max(millis, rules.clockStep().toMillis()) * 3_600;
  }

  private boolean isBelievable(Position position, Positions rules) {
    return Double.isFinite(position.latitudeDegrees())
        && Double.isFinite(position.longitudeDegrees())
        && !(position.accuracyMetres() > rules.accuracyMetres())
        && !isBehind(position.eventTimeMillis());
  }

  /** Adds the next position. */
  void add(Position position, Positions rules) {
    long millis = position.eventTimeMillis();
    double latitude = position.latitudeDegrees();
    double longitude = position.longitudeDegrees();
    if (!isBelievable(position, rules)) {
      rejected++;
      return;
    }
    if (accepted == 0) {
      firstMillis = millis;
      firstLatitude = latitude;
      firstLongitude = longitude;
      spanMillis = millis;
      moveTo(millis, latitude, longitude);
      return;
    }
    if (stepKmH(millis, latitude, longitude, rules) > rules.maxSpeedKmH()) {
      rejected++;
      doubt(millis, latitude, longitude, rules);
      return;
    }
    double way = Geo.metres(anchorLatitude, anchorLongitude, latitude, longitude);
    if (way >= rules.parkedMetres()) {
      metres += way;
      moveTo(millis, latitude, longitude);
    } else {
      see(millis, latitude, longitude);
    }
  }

  private void doubt(long millis, double latitude, double longitude, Positions rules) {
    boolean agrees =
        agreeing > 0
            && kmH(
                    Geo.metres(candidateLatitude, candidateLongitude, latitude, longitude),
                    millis - candidateMillis,
                    rules)
                <= rules.maxSpeedKmH();
    agreeing = agrees ? agreeing + 1 : 1;
    candidateMillis = millis;
    candidateLatitude = latitude;
    candidateLongitude = longitude;
    if (agreeing == AGREEING) {
      moveTo(millis, latitude, longitude);
      spanMillis = millis;
      spanMetres = metres;
    }
  }

  private void moveTo(long millis, double latitude, double longitude) {
    anchorLatitude = latitude;
    anchorLongitude = longitude;
    see(millis, latitude, longitude);
  }

  private void see(long millis, double latitude, double longitude) {
    accepted++;
    lastMillis = millis;
    lastLatitude = latitude;
    lastLongitude = longitude;
    agreeing = 0;
  }

  /** Mean speed in km/h since the last one was taken; NaN before enough time has gone by. */
  double takeSpeed(Positions rules) {
    long millis = lastMillis - spanMillis;
    if (millis < Math.max(SPEED_SPAN_MILLIS, rules.clockStep().toMillis())) {
      return Double.NaN;
    }
    double speed = (metres - spanMetres) / millis * 3_600;
    spanMillis = lastMillis;
    spanMetres = metres;
    return speed;
  }

  /** Forgets the way up to here; the next position counts from the same place. */
  void restart() {
    accepted = Math.min(1, accepted);
    rejected = 0;
    metres = 0;
    spanMetres = 0;
    spanMillis = lastMillis;
    firstMillis = lastMillis;
    firstLatitude = anchorLatitude;
    firstLongitude = anchorLongitude;
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
    boolean behind = other.lastMillis <= firstMillis;
    if (!behind && other.firstMillis < lastMillis) {
      if (other.lastMillis - other.firstMillis > lastMillis - firstMillis) {
        set(other);
      }
      return false;
    }
    Track before = behind ? other : this;
    Track after = behind ? this : other;
    double way =
        Geo.metres(
            before.anchorLatitude,
            before.anchorLongitude,
            after.firstLatitude,
            after.firstLongitude);
    double step =
        Geo.metres(
            before.lastLatitude, before.lastLongitude, after.firstLatitude, after.firstLongitude);
    boolean counts =
        way >= rules.parkedMetres()
            && kmH(step, after.firstMillis - before.lastMillis, rules) <= rules.maxSpeedKmH();
    Track joined = new Track();
    joined.set(after);
    joined.accepted = before.accepted + after.accepted;
    joined.rejected = before.rejected + after.rejected;
    joined.metres = before.metres + (counts ? way : 0) + after.metres;
    joined.spanMetres += joined.metres - after.metres;
    joined.firstMillis = before.firstMillis;
    joined.firstLatitude = before.firstLatitude;
    joined.firstLongitude = before.firstLongitude;
    set(joined);
    return true;
  }

  void set(Track other) {
    accepted = other.accepted;
    rejected = other.rejected;
    metres = other.metres;
    firstMillis = other.firstMillis;
    firstLatitude = other.firstLatitude;
    firstLongitude = other.firstLongitude;
    lastMillis = other.lastMillis;
    lastLatitude = other.lastLatitude;
    lastLongitude = other.lastLongitude;
    anchorLatitude = other.anchorLatitude;
    anchorLongitude = other.anchorLongitude;
    agreeing = other.agreeing;
    candidateMillis = other.candidateMillis;
    candidateLatitude = other.candidateLatitude;
    candidateLongitude = other.candidateLongitude;
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
    Fields.writeSignedVarLong(firstMillis - baseMillis, out);
    out.writeDouble(firstLatitude);
    out.writeDouble(firstLongitude);
    Fields.writeSignedVarLong(lastMillis - firstMillis, out);
    out.writeDouble(lastLatitude);
    out.writeDouble(lastLongitude);
    out.writeDouble(anchorLatitude);
    out.writeDouble(anchorLongitude);
    Fields.writeSignedVarLong(spanMillis - lastMillis, out);
    out.writeDouble(spanMetres);
    out.writeByte(agreeing);
    if (agreeing > 0) {
      Fields.writeSignedVarLong(candidateMillis - lastMillis, out);
      out.writeDouble(candidateLatitude);
      out.writeDouble(candidateLongitude);
    }
  }

  void read(long baseMillis, DataInputView in) throws IOException {
    accepted = Fields.readVarLong(in);
    rejected = Fields.readVarInt(in);
    if (accepted == 0) {
      return;
    }
    metres = in.readDouble();
    firstMillis = Fields.readSignedVarLong(in) + baseMillis;
    firstLatitude = in.readDouble();
    firstLongitude = in.readDouble();
    lastMillis = Fields.readSignedVarLong(in) + firstMillis;
    lastLatitude = in.readDouble();
    lastLongitude = in.readDouble();
    anchorLatitude = in.readDouble();
    anchorLongitude = in.readDouble();
    spanMillis = Fields.readSignedVarLong(in) + lastMillis;
    spanMetres = in.readDouble();
    agreeing = in.readUnsignedByte();
    if (agreeing > 0) {
      candidateMillis = Fields.readSignedVarLong(in) + lastMillis;
      candidateLatitude = in.readDouble();
      candidateLongitude = in.readDouble();
    }
  }
}
