package io.foreshock.fleet;

/**
 * What goes wrong between a device and the broker. Nothing is lost: every message arrives at least
 * once.
 *
 * @param duplicateShare share of the messages that are sent a second time, up to ten minutes later
 * @param shuffleShare share of the messages that are overtaken by the next one of their device
 * @param offlineShare share of the devices that are cut off once, for one to three hours, and then
 *     upload everything in order
 * @param rebootShare share of the devices that restart once: a new boot id, numbers from 0
 */
public record DeliveryConfig(
    double duplicateShare, double shuffleShare, double offlineShare, double rebootShare) {

  /** Every message once, in order, at once. */
  public static final DeliveryConfig PERFECT = new DeliveryConfig(0, 0, 0, 0);

  /** A mobile network on an ordinary day. */
  public static final DeliveryConfig IMPERFECT = new DeliveryConfig(0.01, 0.01, 0.04, 0.05);

  public DeliveryConfig {
    for (double share : new double[] {duplicateShare, shuffleShare, offlineShare, rebootShare}) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("A share lies between 0 and 1, but is " + share + ".");
      }
    }
  }
}
