package io.foreshock.ingest;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Messages of a fleet by partition, as a broker would hold them. */
final class Fleet {
  static final long START = Readings.time("00:00:00");

  private record Sent(int partition, long appendTimeMillis, byte[] value) {}

  private final int partitions;
  private final List<Sent> sent = new ArrayList<>();

  Fleet(int partitions) {
    this.partitions = partitions;
  }

  /** Message {@code number} of a device, measured at one time and appended at another. */
  static TelemetryBatch message(
      int device, long number, long eventTimeMillis, long appendTimeMillis) {
    return Readings.of(Assets.pump("pump-" + device))
        .sequence(number)
        .at(eventTimeMillis)
        .appendedAt(appendTimeMillis)
        .reading("vibration_rms_mm_s", 2 + number % 7 * 0.1)
        .batch();
  }

  /** Message of a device that does not number, but names its messages. */
  static TelemetryBatch named(
      int device, long number, long eventTimeMillis, long appendTimeMillis) {
    return Readings.of(Assets.pump("meter-" + device))
        .unsequenced("message-" + number)
        .at(eventTimeMillis)
        .appendedAt(appendTimeMillis)
        .reading("vibration_rms_mm_s", 2 + number % 7 * 0.1)
        .batch();
  }

  /** Appends a message to the partition of its device. */
  void send(int device, TelemetryBatch message) {
    sent.add(
        new Sent(device % partitions, message.appendTimeMillis(), TelemetryCodec.encode(message)));
  }

  /** Appends bytes that a device sent to the partition of the device. */
  void send(int device, long appendTimeMillis, byte[] message) {
    sent.add(new Sent(device % partitions, appendTimeMillis, message));
  }

  /** A record of the asset registry that nobody can read. */
  static RawRecord unreadable() {
    return new RawRecord("", "foreshock.assets", 0, 0, START, new byte[] {1}, new byte[] {1});
  }

  /** Records by partition, each in the order of its append times. */
  List<List<RawRecord>> records() {
    List<List<RawRecord>> records = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      records.add(new ArrayList<>());
    }
    sent.sort(Comparator.comparingLong(Sent::appendTimeMillis));
    for (Sent message : sent) {
      List<RawRecord> partition = records.get(message.partition());
      partition.add(
          new RawRecord(
              Assets.TENANT,
              Assets.TENANT + ".telemetry.raw",
              message.partition(),
              partition.size(),
              message.appendTimeMillis(),
              new byte[0],
              message.value()));
    }
    return records;
  }
}
