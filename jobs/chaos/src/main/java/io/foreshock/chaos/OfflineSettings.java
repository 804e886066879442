package io.foreshock.chaos;

import java.time.Duration;

/**
 * What the scenario of the offline device is like.
 *
 * @param seed what the devices do
 * @param liveDevices devices that are online all the time, each with one message a second
 * @param backlogMessages messages that the device has kept in three days; 25,920 are one each ten
 *     seconds
 * @param uploadRate messages per second that its connection carries; 1,000 are about 1 Mbit/s
 * @param warmUp time before the first round, for the virtual machines
 * @param rounds how often another device comes back, with as long a time without between
 */
public record OfflineSettings(
    long seed,
    int liveDevices,
    int backlogMessages,
    double uploadRate,
    Duration warmUp,
    int rounds) {

  /** 1,000 live devices, a message each ten seconds in three days, four rounds. */
  public static OfflineSettings of(long seed, double uploadRate) {
    return new OfflineSettings(seed, 1_000, 25_920, uploadRate, Duration.ofSeconds(20), 4);
  }

  /** A few seconds; for correctness, not for figures. */
  public static OfflineSettings brief(long seed) {
    return new OfflineSettings(seed, 100, 2_000, 1_000, Duration.ZERO, 1);
  }
}
