package io.foreshock.features;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.testing.GoldenJob;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Two and a half hours of four pumps, a message every minute, some of them late. */
final class FeaturesGolden implements GoldenJob {
  private static final String BAR = " | ";
  private static final int PARTITIONS = 4;
  private static final int PUMPS = 4;
  private static final int MINUTES = 150;
  private static final long MINUTE = 60_000;
  private static final long START = Readings.time("00:00:00");

  @Override
  public Map<String, List<List<RawRecord>>> inputs() {
    Map<String, List<List<RawRecord>>> inputs = new TreeMap<>();
    inputs.put("clean", records(0));
    // What came too late for its place, an hour after it was measured.
    inputs.put("backfill", records(60));
    return inputs;
  }

  /**
   * @param lateMinutes 0 for what comes in its place
   */
  private static List<List<RawRecord>> records(int lateMinutes) {
    List<List<RawRecord>> partitions = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<RawRecord> records = new ArrayList<>();
      for (int minute = 0; minute < MINUTES; minute++) {
        for (int pump = partition; pump < PUMPS; pump += PARTITIONS) {
          boolean isLate = minute % 40 == pump && minute < MINUTES - 60;
          if (isLate == lateMinutes > 0) {
            long append = START + (minute + lateMinutes) * MINUTE + pump;
            records.add(record(partition, records.size(), pump, minute, append, isLate));
          }
        }
      }
      partitions.add(records);
    }
    return partitions;
  }

  private static RawRecord record(
      int partition, long offset, int pump, int minute, long append, boolean late) {
    TelemetryBatch batch =
        Readings.of(Assets.pump("pump-" + pump))
            .sequence(minute)
            .at(START + minute * MINUTE)
            .appendedAt(append)
            .reading("vibration_rms_mm_s", 2 + (minute * 7 + pump) % 11 * 0.25)
            .reading("bearing_temperature_c", 50 + (minute * 3 + pump) % 17)
            .reading("motor_current_a", 10 + (minute + pump) % 7)
            .batch();
    return new RawRecord(
        Assets.TENANT,
        Assets.TENANT + (late ? ".telemetry.backfill" : ".telemetry"),
        partition,
        offset,
        append,
        new byte[0],
        TelemetryCodec.encodeClean(batch, late));
  }

  @Override
  public void define(Inputs inputs, Outputs outputs) {
    DataStream<RawRecord> clean = inputs.read("clean");
    FeaturesPipeline.Registry registry =
        new FeaturesPipeline.Registry(
            clean.filter(record -> false).uid("no assets"), FeaturesGolden::registry);
    outputs.collect(
        "features",
        FeaturesPipeline.define(
            parsed("clean", clean),
            parsed("backfill", inputs.read("backfill")),
            Optional.of(registry),
            config()),
        FeaturesGolden::line);
  }

  /** All pumps are of one model. */
  private static void registry(Consumer<RawRecord> records) {
    for (int pump = 0; pump < PUMPS; pump++) {
      AssetDefinition asset =
          AssetDefinition.newBuilder()
              .setTenant(Assets.TENANT)
              .setAssetId("pump-" + pump)
              .setModel("A-100")
              .build();
      byte[] key = (asset.getTenant() + '/' + asset.getAssetId()).getBytes(StandardCharsets.UTF_8);
      records.accept(new RawRecord("", "foreshock.assets", 0, pump, 0, key, asset.toByteArray()));
    }
  }

  private static DataStream<TelemetryBatch> parsed(String name, DataStream<RawRecord> records) {
    return records.map(FeaturesGolden::parse).returns(TelemetryBatch.class).uid("parse " + name);
  }

  private static TelemetryBatch parse(RawRecord record) throws InvalidProtocolBufferException {
    return TelemetryCodec.parseClean(record.value(), record.tenant());
  }

  static FeaturesConfig config() {
    return FeaturesConfig.from(
        Settings.read(
            FeaturesOptions.ALL,
            CommandLine.parse("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=test")));
  }

  private static String line(FeatureRow row) {
    StringBuilder line = new StringBuilder();
    line.append(row.asset().key()).append(' ').append(row.featureSet()).append(' ');
    line.append(row.eventTimeMillis()).append(BAR);
    for (double value : row.values()) {
      // The order in which slices were added may show in the last digits.
      line.append("%.6f ".formatted(value));
    }
    return line.toString();
  }

  /**
   * The newest revision of each row. How many came before depends on which of telemetry and
   * backfill was read first.
   */
  @Override
  public List<String> settled(List<String> lines) {
    Map<String, String> last = new TreeMap<>();
    lines.forEach(line -> last.put(line.substring(0, line.indexOf(BAR)), line));
    return new ArrayList<>(last.values());
  }
}
