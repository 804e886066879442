package io.foreshock.operators.sessions;

import io.foreshock.model.Position;
import java.util.Arrays;

/**
 * All that was measured at one time, as far as a rule asks for it. Used again for each time; NaN
 * for what was not measured.
 */
final class Moment {
  long timeMillis;

  /** Whether a channel shows that the asset runs. */
  boolean running;

  /** Whether anything was measured that the rule asks for. */
  boolean relevant;

  double load;
  double power;
  double fuelRate;
  double speed;
  double odometer;

  private Position[] positions = new Position[4];
  private int count;

  void begin(long millis) {
    timeMillis = millis;
    running = false;
    relevant = false;
    load = Double.NaN;
    power = Double.NaN;
    fuelRate = Double.NaN;
    speed = Double.NaN;
    odometer = Double.NaN;
    count = 0;
  }

  void add(Position position) {
    if (count == positions.length) {
      positions = Arrays.copyOf(positions, count * 2);
    }
    positions[count++] = position;
    relevant = true;
  }

  /** Positions at this time: several where the device's clock is coarse. */
  int positions() {
    return count;
  }

  Position position(int index) {
    return positions[index];
  }
}
