package io.foreshock.operators.sessions;

import io.foreshock.model.Measurement;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes batches apart into moments, by one rule. */
final class Moments {
  private static final int LOAD = 1;
  private static final int POWER = 2;
  private static final int FUEL_RATE = 4;
  private static final int SPEED = 8;
  private static final int ODOMETER = 16;

  private final Map<String, Role> roles = new HashMap<>();
  private final Moment moment = new Moment();

  /** What a channel is asked for. */
  private static final class Role {
    private int uses;
    private double runsAbove = Double.NaN;
  }

  /** Takes moments in the order of their times. */
  @FunctionalInterface
  interface Target {
    /**
     * @param moment valid until the call returns
     */
    void accept(Moment moment);
  }

  Moments(SessionRule rule) {
    use(rule.load(), LOAD);
    use(rule.power(), POWER);
    use(rule.fuelRate(), FUEL_RATE);
    use(rule.speed(), SPEED);
    use(rule.odometer(), ODOMETER);
    for (SessionRule.Running running : rule.running()) {
      Role role = roles.computeIfAbsent(running.channel(), name -> new Role());
      role.runsAbove =
          Double.isNaN(role.runsAbove)
              ? running.above()
              : Math.min(role.runsAbove, running.above());
    }
  }

  private void use(String channel, int use) {
    if (!channel.isEmpty()) {
      roles.computeIfAbsent(channel, name -> new Role()).uses |= use;
    }
  }

  /** Hands over each time of the batch at which something relevant was measured. */
  void of(TelemetryBatch batch, Target target) {
    List<Measurement> measurements = batch.measurements();
    List<Position> positions = batch.positions();
    int m = 0;
    int p = 0;
    while (m < measurements.size() || p < positions.size()) {
      long time =
          Math.min(
              m < measurements.size() ? measurements.get(m).eventTimeMillis() : Long.MAX_VALUE,
              p < positions.size() ? positions.get(p).eventTimeMillis() : Long.MAX_VALUE);
      moment.begin(time);
      for (; m < measurements.size() && measurements.get(m).eventTimeMillis() == time; m++) {
        Measurement measurement = measurements.get(m);
        Role role = roles.get(measurement.channel());
        if (role != null && Double.isFinite(measurement.value())) {
          take(role, measurement.value());
        }
      }
      for (; p < positions.size() && positions.get(p).eventTimeMillis() == time; p++) {
        moment.add(positions.get(p));
      }
      if (moment.relevant) {
        target.accept(moment);
      }
    }
  }

  private void take(Role role, double value) {
    moment.relevant = true;
    if (value > role.runsAbove) {
      moment.running = true;
    }
    if ((role.uses & LOAD) != 0) {
      moment.load = value;
    }
    if ((role.uses & POWER) != 0) {
      moment.power = value;
    }
    if ((role.uses & FUEL_RATE) != 0) {
      moment.fuelRate = value;
    }
    if ((role.uses & SPEED) != 0) {
      moment.speed = value;
    }
    if ((role.uses & ODOMETER) != 0) {
      moment.odometer = value;
    }
  }
}
