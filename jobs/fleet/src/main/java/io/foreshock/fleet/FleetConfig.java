package io.foreshock.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is simulated.
 *
 * @param seed of everything that is drawn; equal seeds give equal fleets
 * @param assets number of machines, at least one per tenant
 * @param tenants owners of the machines, who get them in turn
 * @param start simulated time of the first reading
 * @param span simulated time from the first to the last reading; faults take 7 to 40 hours to
 *     develop, so in less than two days not all of them complete
 * @param sampleEvery time between two readings of a channel
 * @param uploadEvery time between two messages of a device; a multiple of {@code sampleEvery}
 * @param failures how many machines begin to fail; at most a quarter of the fleet
 * @param delivery what goes wrong on the way
 */
public record FleetConfig(
    long seed,
    int assets,
    List<String> tenants,
    Instant start,
    Duration span,
    Duration sampleEvery,
    Duration uploadEvery,
    int failures,
    DeliveryConfig delivery) {

  /** A Monday morning in early summer; fixed, so that a seed means the same on every day. */
  public static final Instant DEFAULT_START = Instant.parse("2025-06-02T05:00:00Z");

  public FleetConfig {
    tenants = List.copyOf(tenants);
    require(!tenants.isEmpty(), "A fleet needs a tenant.");
    require(
        assets >= tenants.size(),
        "A fleet of " + tenants.size() + " tenants needs as many assets, but has " + assets + ".");
    require(
        !span.isNegative() && !span.isZero(),
        "The simulated span must be positive, but is " + span + ".");
    require(
        sampleEvery.toMillis() > 0 && uploadEvery.toMillis() % sampleEvery.toMillis() == 0,
        "The upload interval "
            + uploadEvery
            + " is no multiple of the sample interval "
            + sampleEvery);
    require(
        failures >= 0 && failures <= Math.max(1, assets / 4),
        "At most a quarter of the fleet fails, but " + failures + " of " + assets + " should.");
  }

  /** The fleet of the demo: a machine in fifteen begins to fail. */
  public static FleetConfig demo(long seed, int assets, Duration span) {
    return new FleetConfig(
        seed,
        assets,
        List.of("acme", "borealis", "cygnus"),
        DEFAULT_START,
        span,
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Math.max(1, assets / 15),
        DeliveryConfig.IMPERFECT);
  }

  public long startMillis() {
    return start.toEpochMilli();
  }

  public long endMillis() {
    return start.plus(span).toEpochMilli();
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
