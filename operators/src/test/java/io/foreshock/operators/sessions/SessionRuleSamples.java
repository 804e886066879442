package io.foreshock.operators.sessions;

import io.foreshock.model.SessionRow;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Rules of tests. */
final class SessionRuleSamples {
  static final String CURRENT = "motor_current_a";

  /** Machines run above 5 A; five minutes without end a session. */
  static final SessionRule PUMP = machine(Duration.ofMinutes(5));

  static final SessionRule VEHICLE =
      new SessionRule(
          "trips",
          Set.of("vehicle"),
          SessionRow.Kind.TRIP,
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          List.of(
              new SessionRule.Running("engine_speed_rpm", 300),
              new SessionRule.Running("vehicle_speed_km_h", 3)),
          true,
          5,
          "engine_load_percent",
          "",
          "fuel_rate_l_h",
          "vehicle_speed_km_h",
          "odometer_km",
          Duration.ofMinutes(2),
          SessionRule.Idling.DEFAULT,
          SessionRule.Braking.DEFAULT,
          SessionRule.Positions.DEFAULT,
          ZoneOffset.UTC);

  private SessionRuleSamples() {}

  /** The same rule, whose sessions are called otherwise. */
  static SessionRule as(SessionRow.Kind kind, SessionRule rule) {
    return new SessionRule(
        rule.name(),
        rule.assetClasses(),
        kind,
        rule.gap(),
        rule.silentAfter(),
        rule.running(),
        rule.moving(),
        rule.movingAboveKmH(),
        rule.load(),
        rule.power(),
        rule.fuelRate(),
        rule.speed(),
        rule.odometer(),
        rule.maxHole(),
        rule.idling(),
        rule.braking(),
        rule.positions(),
        rule.zone());
  }

  static SessionRule machine(Duration gap) {
    return new SessionRule(
        "operation",
        Set.of("pump"),
        SessionRow.Kind.OPERATION,
        gap,
        Duration.ofMinutes(15),
        List.of(new SessionRule.Running(CURRENT, 5)),
        false,
        0,
        CURRENT,
        "motor_power_kw",
        "",
        "",
        "",
        Duration.ofMinutes(2),
        SessionRule.Idling.DEFAULT,
        SessionRule.Braking.DEFAULT,
        SessionRule.Positions.DEFAULT,
        ZoneOffset.UTC);
  }
}
