package io.foreshock.operators.sessions;

import io.foreshock.model.Position;
import io.foreshock.operators.sessions.SessionRule.Positions;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A place and a time, to be changed in place. */
final class Fix {
  long millis;
  private double latitude;
  private double longitude;

  void set(Position position) {
    millis = position.eventTimeMillis();
    latitude = position.latitudeDegrees();
    longitude = position.longitudeDegrees();
  }

  void set(Fix other) {
    millis = other.millis;
    latitude = other.latitude;
    longitude = other.longitude;
  }

  double metresTo(Position position) {
    return Geo.metres(latitude, longitude, position.latitudeDegrees(), position.longitudeDegrees());
  }

  double metresTo(Fix other) {
    return Geo.metres(latitude, longitude, other.latitude, other.longitude);
  }

  /** Speed at which a later position was reached; no time is shorter than a step of the clock. */
  double kmHTo(Position position, Positions rules) {
    return kmH(metresTo(position), position.eventTimeMillis() - millis, rules);
  }

  double kmHTo(Fix other, Positions rules) {
    return kmH(metresTo(other), other.millis - millis, rules);
  }

  private static double kmH(double metres, long millis, Positions rules) {
    return metres / Math.max(millis, rules.clockStep().toMillis()) * 3_600;
  }

  /**
   * @param baseMillis a time near by
   */
  void write(long baseMillis, DataOutputView out) throws IOException {
    Fields.writeSignedVarLong(millis - baseMillis, out);
    out.writeDouble(latitude);
    out.writeDouble(longitude);
  }

  void read(long baseMillis, DataInputView in) throws IOException {
    millis = Fields.readSignedVarLong(in) + baseMillis;
    latitude = in.readDouble();
    longitude = in.readDouble();
  }
}
