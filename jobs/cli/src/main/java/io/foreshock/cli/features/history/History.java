package io.foreshock.cli.features.history;

import io.foreshock.cli.CliFailure;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.kafka.TenantTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What machines have sent, each message once and in the order of its device. */
public final class History {
  private static final Comparator<TelemetryBatch> BY_TIME =
      Comparator.comparingLong(TelemetryBatch::newestEventTimeMillis)
          .thenComparing(batch -> batch.asset().key())
          .thenComparing(TelemetryBatch::bootId)
          .thenComparingLong(TelemetryBatch::sequence);

  private final List<TelemetryBatch> messages;
  private final Map<String, String> models;

  /**
   * @param models of machines, by key
   */
  History(List<TelemetryBatch> messages, Map<String, String> models) {
    this.messages = messages;
    this.models = models;
  }

  /** Recordings that are understood. */
  public enum Format {
    AZURE_PDM,
    CAROBD,
    ENVIROCAR,
    GOAL_GPS;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads a recording.
   *
   * @throws CliFailure when the folder does not hold it
   */
  public static History read(Format format, Path folder) {
    return switch (format) {
      case AZURE_PDM -> AzurePdmHistory.read(folder);
      case CAROBD -> VehicleHistories.carObd(folder);
      case ENVIROCAR -> VehicleHistories.enviroCar(folder);
      case GOAL_GPS -> VehicleHistories.goal(folder);
    };
  }

  /** Models of machines by key, as far as they are known. */
  public Map<String, String> models() {
    return models;
  }

  /** The messages by time. */
  public List<TelemetryBatch> messages() {
    return messages;
  }

  /** The messages as records that arrived when they were complete. */
  public List<RawRecord> inOrder() {
    List<RawRecord> records = new ArrayList<>(messages.size());
    for (TelemetryBatch message : messages) {
      records.add(record(message, message.newestEventTimeMillis(), records.size()));
    }
    return records;
  }

  static RawRecord record(TelemetryBatch message, long appendMillis, long offset) {
    String tenant = message.asset().tenant();
    return new RawRecord(
        tenant,
        TenantTopic.RAW.of(tenant),
        0,
        offset,
        appendMillis,
        message.asset().assetId().getBytes(StandardCharsets.UTF_8),
        TelemetryCodec.encode(message));
  }

  /** Numbers messages of devices as they are added, and sorts them in the end. */
  static final class Builder {
    private final List<TelemetryBatch> messages = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, String> models = new HashMap<>();

    void model(AssetRef asset, String model) {
      models.put(asset.key(), model);
    }

    /**
     * @param message without a number
     */
    void add(TelemetryBatch message) {
      messages.add(
          new TelemetryBatch(
              message.asset(),
              message.deviceId(),
              "recording",
              sequences.merge(message.deviceId(), 1L, Long::sum) - 1,
              "",
              message.newestEventTimeMillis(),
              false,
              message.measurements(),
              message.faultCodes(),
              message.maintenanceEvents(),
              message.operatingStateChanges(),
              message.positions()));
    }

    History build() {
      messages.sort(BY_TIME);
      return new History(messages, models);
    }
  }
}
