package io.foreshock.fleet;

import io.foreshock.model.AssetRef;
import io.foreshock.model.TelemetryBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The gateway on a machine: numbers the messages and hands them to an imperfect network.
 *
 * <p>After an outage the messages go out one a second, half of the devices newest first: the
 * numbers tell the receiver the right order.
 */
final class Device {
  private static final long HOUR = 3_600_000L;

  private final AssetRef asset;
  private final DeliveryConfig delivery;
  private final SplittableRandom random;
  private final long uploadMillis;
  private final long offlineFrom;
  private final long offlineUntil;
  private final boolean newestFirst;
  private final long rebootAt;
  private final List<TelemetryBatch> held = new ArrayList<>();
  private int boot;
  private long sequence;

  Device(AssetStory story, FleetConfig config) {
    asset = story.asset();
    delivery = config.delivery();
    uploadMillis = config.uploadEvery().toMillis();
    random = Randoms.of(config.seed(), "device " + asset.key());
    long span = config.span().toMillis();
    boolean cutOff = random.nextDouble() < delivery.offlineShare() && story.failure() == null;
    long begin = config.startMillis() + (long) (span * Randoms.between(random, 0.2, 0.8));
    long end = begin + (long) (Randoms.between(random, 1, 3) * HOUR);
    offlineFrom = cutOff ? begin : Long.MAX_VALUE;
    offlineUntil = cutOff ? end : Long.MAX_VALUE;
    newestFirst = random.nextBoolean();
    boolean reboots = random.nextDouble() < delivery.rebootShare();
    long reboot = config.startMillis() + (long) (span * Randoms.between(random, 0.1, 0.9));
    rebootAt = reboots ? reboot : Long.MAX_VALUE;
  }

  /**
   * A message is ready.
   *
   * @param millis simulated time at which it is
   * @param out takes what reaches the broker because of it, now and later
   */
  void send(long millis, Samples.Content content, List<Upload> out) {
    if (boot == 0 && millis >= rebootAt) {
      boot++;
      sequence = 0;
    }
    TelemetryBatch batch = number(content);
    if (millis >= offlineFrom && millis < offlineUntil) {
      held.add(batch);
      return;
    }
    flush(millis, out);
    boolean overtaken = random.nextDouble() < delivery.shuffleShare();
    boolean repeated = random.nextDouble() < delivery.duplicateShare();
    long late = overtaken ? uploadMillis + 1 + random.nextInt(2000) : 0;
    long again = 1000 + random.nextInt(600_000);
    out.add(new Upload(millis + late, at(millis + late, batch), false));
    if (repeated) {
      out.add(new Upload(millis + late + again, at(millis + late + again, batch), true));
    }
  }

  /** Sends what was held back, as at the end of an outage. */
  void flush(long millis, List<Upload> out) {
    for (int i = 0; i < held.size(); i++) {
      TelemetryBatch batch = held.get(newestFirst ? held.size() - 1 - i : i);
      long sent = millis - (held.size() - i) * 1000L;
      out.add(new Upload(sent, at(sent, batch), false));
    }
    held.clear();
  }

  private TelemetryBatch number(Samples.Content content) {
    return new TelemetryBatch(
        asset,
        asset.assetId() + "-gw",
        "boot-" + boot,
        sequence++,
        "",
        0,
        false,
        content.measurements(),
        content.codes(),
        content.maintenance(),
        content.states(),
        content.positions());
  }

  private static TelemetryBatch at(long appendMillis, TelemetryBatch batch) {
    return new TelemetryBatch(
        batch.asset(),
        batch.deviceId(),
        batch.bootId(),
        batch.sequence(),
        batch.messageId(),
        appendMillis,
        batch.backlog(),
        batch.measurements(),
        batch.faultCodes(),
        batch.maintenanceEvents(),
        batch.operatingStateChanges(),
        batch.positions());
  }
}
