package io.foreshock.fleet;

import io.foreshock.model.OperatingStateChange.State;
import java.util.SplittableRandom;

/**
 * Sensor for temperature and humidity in a hall: follows the air outside with the thermal inertia
 * of the building, warmed by what runs inside.
 */
final class ClimateModel implements AssetModel {
  private final Ambient ambient;
  private final LoadProfile load;
  private final SplittableRandom noise;
  private final double gainKelvin;
  private final FirstOrder hall;
  private final FirstOrder humidity;
  private double batteryVolts;

  ClimateModel(Ambient ambient, LoadProfile load, SplittableRandom random, long startMillis) {
    this.ambient = ambient;
    this.load = load;
    gainKelvin = Randoms.between(random, 2, 6);
    hall =
        new FirstOrder(3 * 3600, ambient.celsius(startMillis) + gainKelvin * load.at(startMillis));
    humidity = new FirstOrder(2 * 3600, ambient.relativeHumidityPercent(startMillis));
    batteryVolts = Randoms.between(random, 2.9, 3.05);
    noise = random.split();
  }

  @Override
  public void step(long millis, double seconds, double fault, State duty, Sensors out) {
    hall.follow(ambient.celsius(millis) + gainKelvin * load.at(millis), seconds);
    humidity.follow(ambient.relativeHumidityPercent(millis), seconds);
    // A lithium cell of a sensor loses about 0.1 V in a year.
    batteryVolts -= seconds * 0.1 / (365 * 86_400.0);
    out.measure("temperature_c", hall.value() + 0.1 * noise.nextGaussian());
    out.measure(
        "relative_humidity_percent",
        Math.min(100, Math.max(0, humidity.value() + 0.6 * noise.nextGaussian())));
    out.measure("supply_voltage_v", batteryVolts + 0.004 * noise.nextGaussian());
  }

  @Override
  public State state() {
    return State.RUNNING;
  }
}
