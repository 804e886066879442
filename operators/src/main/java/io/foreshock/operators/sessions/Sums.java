package io.foreshock.operators.sessions;

import io.foreshock.model.Position;
import io.foreshock.model.SessionFigures;
import io.foreshock.model.SessionFigures.DistanceSource;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All that is measured in a stretch. Two stretches that do not overlap merge into what one pass
 * over both would have given, integrals over the time between them included.
 */
final class Sums {
  private static final double MILLIS_PER_HOUR = 3_600_000;

  long readings;
  final Level load = new Level();
  final Integral power = new Integral();
  final Integral fuelRate = new Integral();
  final Integral speed = new Integral();

  /** Only its first and last value are of use. */
  final Integral odometer = new Integral();

  final Speeds speeds = new Speeds();
  final Track track = new Track();

  /** Whether each quantity of the moment is at or ahead of what was added. */
  boolean takes(Moment moment) {
    long millis = moment.timeMillis;
    return !(power.isBehind(millis) && Double.isFinite(moment.power))
        && !(fuelRate.isBehind(millis) && Double.isFinite(moment.fuelRate))
        && !(odometer.isBehind(millis) && Double.isFinite(moment.odometer))
        && !(speeds.isBehind(millis) && Double.isFinite(moment.speed))
        && !(track.isBehind(millis) && moment.positions() > 0);
  }

  /** Whether the positions of the moment show that the vehicle moved. */
  boolean moves(Moment moment, SessionRule rule) {
    return moves(track, moment, rule);
  }

  static boolean moves(Track track, Moment moment, SessionRule rule) {
    for (int i = 0; i < moment.positions(); i++) {
      if (track.moves(moment.position(i), rule.positions(), rule.movingAboveKmH())) {
        return true;
      }
    }
    return false;
  }

  void add(Moment moment, SessionRule rule) {
    for (int i = 0; i < moment.positions(); i++) {
      track.add(moment.position(i), rule.positions());
    }
    addWithTrack(moment, rule);
  }

  /** The same when its positions were added to the track before. */
  void addWithTrack(Moment moment, SessionRule rule) {
    long millis = moment.timeMillis;
    long maxHole = rule.maxHole().toMillis();
    readings++;
    if (Double.isFinite(moment.load)) {
      load.add(moment.load);
    }
    if (Double.isFinite(moment.power)) {
      power.add(millis, moment.power, maxHole);
    }
    if (Double.isFinite(moment.fuelRate)) {
      fuelRate.add(millis, moment.fuelRate, maxHole);
    }
    if (Double.isFinite(moment.odometer)) {
      odometer.add(millis, moment.odometer, maxHole);
    }
    double kmH = moment.speed;
    for (int i = 0; i < moment.positions() && !Double.isFinite(kmH); i++) {
      kmH = ofPosition(moment.position(i));
    }
    if (Double.isFinite(kmH)) {
      speeds.reported = true;
      speeds.add(millis, kmH, rule);
      speed.add(millis, kmH, maxHole);
    } else if (moment.positions() > 0 && !speeds.reported) {
      double derived = track.takeSpeed(rule.positions());
      if (Double.isFinite(derived)) {
        speeds.add(millis, derived, rule);
      }
    }
  }

  private static double ofPosition(Position position) {
    return position.speedMetresPerSecond() * 3.6;
  }

  /**
   * Adds another stretch.
   *
   * @return false when a quantity overlaps, so that its integral is that of the longer stretch
   */
  boolean merge(Sums other, SessionRule rule) {
    long maxHole = rule.maxHole().toMillis();
    readings += other.readings;
    load.merge(other.load);
    boolean exact = power.merge(other.power, maxHole);
    exact &= fuelRate.merge(other.fuelRate, maxHole);
    exact &= speed.merge(other.speed, maxHole);
    exact &= odometer.merge(other.odometer, maxHole);
    exact &= speeds.merge(other.speeds, rule);
    exact &= track.merge(other.track, rule.positions());
    return exact;
  }

  /** Time of the last value of any quantity; the least number when there is none. */
  long lastMillis() {
    long last = Long.MIN_VALUE;
    for (Integral integral : new Integral[] {power, fuelRate, speed, odometer}) {
      last = integral.isEmpty() ? last : Math.max(last, integral.lastMillis);
    }
    last = speeds.count == 0 ? last : Math.max(last, speeds.lastMillis);
    return track.isEmpty() ? last : Math.max(last, track.lastMillis());
  }

  Sums copy() {
    Sums copy = new Sums();
    copy.readings = readings;
    copy.load.set(load);
    copy.power.set(power);
    copy.fuelRate.set(fuelRate);
    copy.speed.set(speed);
    copy.odometer.set(odometer);
    copy.speeds.set(speeds);
    copy.track.set(track);
    return copy;
  }

  /** What is told about a session of this length. */
  SessionFigures figures(long durationMillis, Standstills idlings) {
    DistanceSource source = distanceSource();
    double metres =
        switch (source) {
          case ODOMETER -> (odometer.last - odometer.first) * 1_000;
          case POSITIONS -> track.metres;
          case SPEED -> speed.area / MILLIS_PER_HOUR * 1_000;
          case NONE -> Double.NaN;
        };
    boolean hasSpeeds = speeds.count > 0;
    return new SessionFigures(
        readings,
        load.count > 0 ? load.sum / load.count : Double.NaN,
        load.count > 0 ? load.max : Double.NaN,
        power.isEmpty() ? Double.NaN : power.area / MILLIS_PER_HOUR,
        fuelRate.isEmpty() ? Double.NaN : fuelRate.area / MILLIS_PER_HOUR,
        metres,
        source,
        durationMillis > 0 ? metres / durationMillis * 3_600 : Double.NaN,
        hasSpeeds ? speeds.max : Double.NaN,
        hasSpeeds ? idlings.count() : -1,
        hasSpeeds ? idlings.millis() : -1,
        hasSpeeds ? speeds.harshBrakings : -1,
        track.isEmpty() && track.rejected == 0 ? -1 : track.rejected,
        -1,
        -1);
  }

  /** The odometer unless it went back; else positions; else the integral of the speed. */
  private DistanceSource distanceSource() {
    if (odometer.count > 1 && odometer.last >= odometer.first) {
      return DistanceSource.ODOMETER;
    }
    if (track.accepted > 1) {
      return DistanceSource.POSITIONS;
    }
    return speed.count > 1 ? DistanceSource.SPEED : DistanceSource.NONE;
  }

  void write(long baseMillis, DataOutputView out) throws IOException {
    Fields.writeVarLong(readings, out);
    load.write(out);
    power.write(baseMillis, out);
    fuelRate.write(baseMillis, out);
    speed.write(baseMillis, out);
    odometer.write(baseMillis, out);
    speeds.write(baseMillis, out);
    track.write(baseMillis, out);
  }

  static Sums read(long baseMillis, DataInputView in) throws IOException {
    Sums sums = new Sums();
    sums.readings = Fields.readVarLong(in);
    sums.load.read(in);
    sums.power.read(baseMillis, in);
    sums.fuelRate.read(baseMillis, in);
    sums.speed.read(baseMillis, in);
    sums.odometer.read(baseMillis, in);
    sums.speeds.read(baseMillis, in);
    sums.track.read(baseMillis, in);
    return sums;
  }
}
