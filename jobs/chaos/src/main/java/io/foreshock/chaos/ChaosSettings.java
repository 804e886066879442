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
 * @param faults kinds of faults of one round, in any order
 * @param atMost faults at most
 * @param stores whether a job that can keep rows beside Kafka does
 * @param options options of the job beyond those that the suite sets, each {@code key=value}
 */
public record ChaosSettings(
    long seed,
    Duration time,
    int devices,
    double rate,
    int backlogSize,
    List<FaultKind> faults,
    int atMost,
    boolean stores,
    List<String> options) {
  static final List<String> TENANTS = List.of("acme", "globex");

  public ChaosSettings {
    faults = List.copyOf(faults);
    options = List.copyOf(options);
  }

  /** All kinds of faults, kills most often, at a load that leaves two cores room for restarts. */
  public static ChaosSettings of(long seed, Duration time, boolean stores, List<String> options) {
    return new ChaosSettings(
        seed, time, 30, 200, 300, FaultKind.round(), Integer.MAX_VALUE, stores, options);
  }

  /** The same with these faults only; with none named, the same. */
  public ChaosSettings with(List<FaultKind> only) {
    return only.isEmpty()
        ? this
        : new ChaosSettings(seed, time, devices, rate, backlogSize, only, atMost, stores, options);
  }

  /** Each kind of fault once. */
  public static ChaosSettings brief(long seed) {
    List<FaultKind> each = List.of(FaultKind.values());
    return new ChaosSettings(
        seed, Duration.ofMinutes(3), 20, 100, 200, each, each.size(), true, List.of());
  }
}
