package io.foreshock.fleet;

import io.foreshock.model.OperatingStateChange.State;
import java.util.SplittableRandom;

/**
 * Centrifugal pump of medium size with an induction motor.
 *
 * <ul>
 *   <li>Vibration: 1.2 to 2.2 mm/s when healthy (ISO 10816-7 zone A/B for pumps below 200 kW), a
 *       little more with load, and 12 mm/s when the bearing fails (zone D begins at 7.1).
 *   <li>Bearing and winding: first-order thermal masses of 40 and 25 minutes above the air, with
 *       losses that grow with the square of the current; a motor whose cooling is blocked passes
 *       130 °C, the limit of its insulation (class B, IEC 60034-1).
 *   <li>Hydraulics: affinity laws around the rated point; head falls with the square of the flow.
 * </ul>
 */
final class PumpModel implements AssetModel {
  private final Ambient ambient;
  private final LoadProfile load;
  private final FailureKind failure;
  private final SplittableRandom noise;
  private final double vibrationMmPerSecond;
  private final double bearingRiseKelvin;
  private final double windingRiseKelvin;
  private final double ratedCurrentAmperes;
  private final double ratedFlow;
  private final double ratedHeadBar;
  private final double suctionBar;
  private final FirstOrder bearing;
  private final FirstOrder winding;
  private State state = State.RUNNING;

  PumpModel(
      Ambient ambient,
      LoadProfile load,
      FailureKind failure,
      SplittableRandom random,
      long startMillis) {
    this.ambient = ambient;
    this.load = load;
    this.failure = failure;
    vibrationMmPerSecond = Randoms.between(random, 1.2, 2.2);
    bearingRiseKelvin = Randoms.between(random, 24, 32);
    windingRiseKelvin = Randoms.between(random, 48, 60);
    ratedCurrentAmperes = Randoms.between(random, 18, 60);
    ratedFlow = Randoms.between(random, 40, 120);
    ratedHeadBar = Randoms.between(random, 3.5, 6);
    suctionBar = Randoms.between(random, 1.2, 1.8);
    double air = ambient.celsius(startMillis);
    double u = load.at(startMillis);
    bearing = new FirstOrder(40 * 60, air + bearingRise(u, 0));
    winding = new FirstOrder(25 * 60, air + windingRise(u, 0));
    noise = random.split();
  }

  @Override
  public void step(long millis, double seconds, double fault, State duty, Sensors out) {
    double wear = failure == FailureKind.BEARING_WEAR ? fault : 0;
    double clogged = failure == FailureKind.CAVITATION ? fault : 0;
    double fouled = failure == FailureKind.MOTOR_OVERHEATING ? fault : 0;
    double air = ambient.celsius(millis);
    boolean running = duty == State.RUNNING;
    double u = running ? load.at(millis) : 0;
    state = duty;

    double flow = ratedFlow * u * (1 - 0.35 * clogged);
    double relativeFlow = flow / ratedFlow;
    double suction = suctionBar - 0.25 * u * u - 0.95 * clogged;
    double head =
        !running
            ? 0
            : ratedHeadBar * (1.25 - 0.25 * relativeFlow * relativeFlow) * (1 - 0.2 * clogged);
    double current = !running ? 0 : ratedCurrentAmperes * (0.35 + 0.65 * u) * (1 + 0.03 * wear);
    bearing.follow(air + bearingRise(u, wear), seconds);
    winding.follow(air + windingRise(u, fouled), seconds);
    double vibration = !running ? 0.05 : vibration(u, wear, clogged);

    out.measure("vibration_rms_mm_s", vibration * Math.exp(0.04 * noise.nextGaussian()));
    out.measure("bearing_temperature_c", bearing.value() + 0.2 * noise.nextGaussian());
    out.measure("winding_temperature_c", winding.value() + 0.3 * noise.nextGaussian());
    out.measure("motor_current_a", Math.max(0, current * (1 + 0.01 * noise.nextGaussian())));
    out.measure("suction_pressure_bar", Math.max(0.02, suction + 0.015 * noise.nextGaussian()));
    out.measure(
        "discharge_pressure_bar", Math.max(0.02, suction + head + 0.03 * noise.nextGaussian()));
    out.measure("flow_m3_h", Math.max(0, flow * (1 + 0.01 * noise.nextGaussian())));
  }

  @Override
  public State state() {
    return state;
  }

  /**
   * Worn balls and races shake up to 12 mm/s. Cavitation begins when a third of the margin over the
   * net positive suction head required is gone, and adds broad-band noise.
   */
  private double vibration(double u, double wear, double clogged) {
    double healthy = vibrationMmPerSecond * (0.8 + 0.25 * u);
    double worn = healthy + (12 - healthy) * wear;
    double bubbles = Math.max(0, clogged - 0.33) / 0.67;
    return worn + 3 * bubbles;
  }

  private double bearingRise(double u, double wear) {
    double friction = u == 0 ? 0 : 0.55 + 0.45 * u * u;
    return bearingRiseKelvin * friction + 38 * wear;
  }

  private double windingRise(double u, double fouled) {
    double losses = u == 0 ? 0 : 0.3 + 0.7 * u * u;
    return windingRiseKelvin * losses * (1 + 2.8 * fouled);
  }
}
