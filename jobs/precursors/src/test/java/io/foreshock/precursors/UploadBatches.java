package io.foreshock.precursors;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Half a day of a small fleet, as devices upload it: a message a minute, ten messages at a time,
 * some devices silent for hours and then back with all they have. Machines shake, run hot, report
 * faults and are repaired often enough for many detections.
 *
 * <p>What the devices measure depends on the seed alone; {@link #arrive} decides how it arrives.
 */
final class UploadBatches {
  static final int PARTITIONS = 4;

  private static final int ASSETS = 36;
  private static final int MINUTES = 12 * 60;
  private static final long MINUTE = 60_000;
  private static final List<String> CLASSES = List.of("pump", "sensor", "vehicle");

  /** What one device uploads at one moment. */
  private record Upload(int asset, long appendTimeMillis, List<byte[]> messages) {}

  private final List<Upload> uploads = new ArrayList<>();

  UploadBatches(long seed) {
    for (int asset = 0; asset < ASSETS; asset++) {
      new Device(asset, new Random(seed * 1_000 + asset)).live();
    }
    uploads.sort(Comparator.comparingLong(Upload::appendTimeMillis));
  }

  /**
   * How a run of the same uploads arrives.
   *
   * @param shuffled messages within an upload in any order
   * @param duplicates one message in five twice, the repeat in the same upload or in a later one
   */
  record Arrival(long seed, boolean shuffled, boolean duplicates) {
    static final Arrival IN_ORDER = new Arrival(0, false, false);
  }

  /** Records by partition, each in the order of its append times. */
  List<List<RawRecord>> arrive(Arrival arrival) {
    Random random = new Random(arrival.seed());
    List<List<RawRecord>> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
    List<List<byte[]>> repeats = new ArrayList<>();
    for (int i = 0; i < ASSETS; i++) {
      repeats.add(new ArrayList<>());
    }
    for (Upload upload : uploads) {
      List<byte[]> messages = new ArrayList<>(upload.messages());
      if (arrival.duplicates()) {
        List<byte[]> later = repeats.get(upload.asset());
        messages.addAll(later);
        later.clear();
        for (byte[] message : upload.messages()) {
          if (random.nextInt(5) == 0) {
            (random.nextBoolean() ? messages : later).add(message);
          }
        }
      }
      if (arrival.shuffled()) {
        Collections.shuffle(messages, random);
      }
      int partition = upload.asset() % PARTITIONS;
      for (byte[] message : messages) {
        partitions.get(partition).add(record(upload, partition, partitions, message));
      }
    }
    return partitions;
  }

  private static RawRecord record(
      Upload upload, int partition, List<List<RawRecord>> partitions, byte[] message) {
    String tenant = tenant(upload.asset());
    return new RawRecord(
        tenant,
        tenant + ".telemetry.raw",
        partition,
        partitions.get(partition).size(),
        upload.appendTimeMillis(),
        new byte[0],
        message);
  }

  private static String tenant(int asset) {
    return asset % 2 == 0 ? "acme" : "globex";
  }

  /** One machine and what it goes through. */
  private final class Device {
    private final int number;
    private final Random random;
    private final AssetRef asset;
    private final List<byte[]> waiting = new ArrayList<>();
    private double vibration = 2;
    private double heat;
    private int shakingFor;
    private int offlineFor;

    Device(int number, Random random) {
      this.number = number;
      this.random = random;
      this.asset =
          new AssetRef(tenant(number), "asset-" + number, CLASSES.get(number % CLASSES.size()));
    }

    void live() {
      for (int minute = 0; minute < MINUTES; minute++) {
        step();
        TelemetryBatch batch = message(minute);
        waiting.add(TelemetryCodec.encode(batch));
        if (offlineFor == 0 && minute % 10 == number % 10) {
          uploads.add(
              new Upload(
                  number, Readings.time("00:00:00") + minute * MINUTE, List.copyOf(waiting)));
          waiting.clear();
        }
      }
      uploads.add(
          new Upload(number, Readings.time("00:00:00") + MINUTES * MINUTE, List.copyOf(waiting)));
    }

    private void step() {
      offlineFor = offlineFor > 0 ? offlineFor - 1 : random.nextInt(900) == 0 ? 150 : 0;
      shakingFor = shakingFor > 0 ? shakingFor - 1 : random.nextInt(300) == 0 ? 90 : 0;
      double target = shakingFor == 0 ? 2 : shakingFor > 45 ? 5.2 : 8;
      vibration += 0.3 * (target - vibration) + 0.1 * random.nextGaussian();
      heat = Math.max(0, heat + random.nextGaussian());
    }

    private TelemetryBatch message(int minute) {
      Readings message =
          Readings.of(asset).at(Readings.time("00:00:00") + minute * MINUTE).sequence(minute);
      if (number % 5 == 0) {
        message.unsequenced("m" + minute);
      }
      switch (asset.assetClass()) {
        case "pump" -> {
          message.reading("vibration_rms_mm_s", Math.max(0, vibration));
          message.reading("bearing_temperature_c", 50 + heat);
          if (random.nextInt(100) == 0) {
            message.fault("E42");
          }
          if (random.nextInt(400) == 0) {
            message.maintenance("bearing", MaintenanceEvent.Kind.REPLACED);
          }
        }
        case "sensor" -> message.reading("temperature_c", 4 + heat % 9);
        default -> message.reading("coolant_temperature_c", 85 + heat % 25);
      }
      return message.batch();
    }
  }
}
