package io.foreshock.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What one run is like.
 *
 * @param seed what the devices do and which faults come, in which order
 * @param time how long faults come; preparation and the reading of the rest come on top
 * @param devices devices of each tenant
 * @param rate turns of devices per second, all together
 * @param backlogSize messages that a device uploads after three days offline
 * @param faults kinds of faults
 * @param transactionTimeout how long a transaction left open can hold up readers
 */
public record ChaosSettings(
    long seed,
    Duration time,
    int devices,
    double rate,
    int backlogSize,
    List<FaultKind> faults,
    Duration transactionTimeout) {
  static final List<String> TENANTS = List.of("acme", "globex");

  public ChaosSettings {
    faults = List.copyOf(faults);
  }

  /** All kinds of faults, at a load that leaves two cores room for restarts. */
  public static ChaosSettings of(long seed, Duration time) {
    return new ChaosSettings(
        seed, time, 30, 200, 300, List.of(FaultKind.values()), Duration.ofMinutes(15));
  }
}
