package io.foreshock.fleet;

import io.foreshock.model.OperatingStateChange.State;
import java.util.SplittableRandom;

/**
 * Delivery van with a combustion engine: tours by day, parked at night.
 *
 * <ul>
 *   <li>Coolant: warms up from the air's temperature in some minutes, then the thermostat holds 88
 *       to 95 °C (opening range of common thermostats). With a leaking circuit it cannot.
 *   <li>Battery: 12.6 V at rest, 14.2 V while the alternator charges (SAE J537 terms).
 *   <li>Codes: P0217 (engine coolant over-temperature), P0562 (system voltage low), SAE J2012.
 * </ul>
 */
final class VehicleModel implements AssetModel {
  private static final long DAY = 86_400_000L;
  private static final double DEPOT_LATITUDE = 52.52;
  private static final double DEPOT_LONGITUDE = 13.40;
  private static final double THERMOSTAT_CELSIUS = 90;

  private final Ambient ambient;
  private final FailureKind failure;
  private final SplittableRandom noise;
  private final double firstTourHour;
  private final double tourHours;
  private final double breakHours;
  private final FirstOrder warmUp;
  private final double restVolts;
  private final double radiusDegrees;
  private State state = State.STOPPED;
  private boolean hotCode;
  private boolean voltageCode;

  VehicleModel(Ambient ambient, FailureKind failure, SplittableRandom random, long startMillis) {
    this.ambient = ambient;
    this.failure = failure;
    firstTourHour = Randoms.between(random, 5, 7.5);
    tourHours = Randoms.between(random, 2.2, 3.2);
    breakHours = Randoms.between(random, 0.4, 0.9);
    warmUp = new FirstOrder(7 * 60, ambient.celsius(startMillis));
    restVolts = Randoms.between(random, 12.55, 12.75);
    radiusDegrees = Randoms.between(random, 0.05, 0.2);
    noise = random.split();
  }

  @Override
  public void step(long millis, double seconds, double fault, State duty, Sensors out) {
    double leak = failure == FailureKind.ENGINE_OVERHEATING ? fault : 0;
    double weak = failure == FailureKind.BATTERY ? fault : 0;
    double tour = duty == State.RUNNING ? tourProgress(millis) : -1;
    boolean driving = tour >= 0;
    state = duty == State.FAULT || driving ? duty : State.STOPPED;
    double minutes = millis / 60_000.0;
    double hill = 0.5 + 0.3 * Math.sin(minutes / 4.3) + 0.2 * Math.sin(minutes / 1.7);
    double speed =
        driving ? Math.max(0, 11 + 9 * Math.sin(minutes / 2.1) + noise.nextGaussian()) : 0;

    double air = ambient.celsius(millis);
    if (driving) {
      double held = THERMOSTAT_CELSIUS + 3 * hill + 0.08 * (air - 20) + (22 + 10 * hill) * leak;
      warmUp.follow(held, seconds);
    } else {
      // The engine block cools about six times as slowly as it warms up.
      warmUp.follow(air, seconds / 6);
    }
    double coolant = warmUp.value() + 0.3 * noise.nextGaussian();
    double volts = driving ? 14.2 - 0.1 * hill - 0.3 * weak : restVolts - 1.6 * weak;
    volts += 0.03 * noise.nextGaussian();

    out.measure("coolant_temperature_c", coolant);
    out.measure("battery_voltage_v", volts);
    out.measure("engine_speed_rpm", driving ? 800 + 75 * speed + 15 * noise.nextGaussian() : 0);
    out.measure("vehicle_speed_km_h", 3.6 * speed);
    if (driving) {
      double angle = 2 * Math.PI * tour;
      out.position(
          DEPOT_LATITUDE + radiusDegrees * Math.sin(angle),
          DEPOT_LONGITUDE + radiusDegrees * (1 - Math.cos(angle)),
          speed);
    }
    codes(coolant, volts, driving, out);
  }

  @Override
  public State state() {
    return state;
  }

  private void codes(double coolant, double volts, boolean driving, Sensors out) {
    if (driving && coolant > 112 && !hotCode) {
      hotCode = true;
      out.code("P0217", "engine", true);
    } else if (coolant < 100) {
      hotCode = false;
    }
    if (driving && volts < 12.9 && !voltageCode) {
      voltageCode = true;
      out.code("P0562", "battery", false);
    } else if (volts > 13.4) {
      voltageCode = false;
    }
  }

  /** Part of the tour that is done, 0 to 1; negative while parked. Five tours a day at most. */
  private double tourProgress(long millis) {
    double hour = Math.floorMod(millis, DAY) / 3_600_000.0 - firstTourHour;
    double cycle = tourHours + breakHours;
    if (hour < 0 || hour >= 4 * cycle) {
      return -1;
    }
    double inCycle = hour % cycle;
    return inCycle < tourHours ? inCycle / tourHours : -1;
  }
}
