package io.foreshock.sessions;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.RawRecord;
import io.foreshock.model.SessionRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Clean telemetry as partitions hold it, and the pipeline over them. */
final class Clean {
  private final List<List<RawRecord>> partitions = new ArrayList<>();

  Clean(int partitions) {
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new ArrayList<>());
    }
  }

  /** Appends a message to the partition of its asset. */
  Clean send(TelemetryBatch batch) {
    int number = Math.floorMod(batch.asset().assetId().hashCode(), partitions.size());
    List<RawRecord> partition = partitions.get(number);
    partition.add(
        new RawRecord(
            batch.asset().tenant(),
            batch.asset().tenant() + ".telemetry",
            number,
            partition.size(),
            batch.appendTimeMillis(),
            new byte[0],
            TelemetryCodec.encodeClean(batch, false)));
    return this;
  }

  List<List<RawRecord>> records() {
    return partitions;
  }

  static SessionsConfig config(String... options) {
    return SessionsConfig.from(settings(options));
  }

  static Settings settings(String... options) {
    return Settings.read(
        SessionsOptions.ALL,
        CommandLine.parse(
            Stream.concat(
                    Stream.of("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=test"),
                    Stream.of(options).map(option -> "-D" + option))
                .toArray(String[]::new)));
  }

  static DataStream<SessionRow> define(DataStream<RawRecord> records, SessionsConfig config) {
    return SessionsPipeline.define(records.map(Clean::parse).uid("parse"), config);
  }

  private static TelemetryBatch parse(RawRecord record) throws IOException {
    return TelemetryCodec.parseClean(record.value(), record.tenant());
  }

  /**
   * What is left, by key, less when and how often it was told: that depends on the ingest clock. So
   * does the order in which sums were added, by a last digit.
   */
  static Map<String, String> content(List<SessionRow> rows) {
    Map<String, String> content = new TreeMap<>();
    table(rows).forEach((key, row) -> content.put(key, content(row)));
    return content;
  }

  /** The same of one row. */
  static String content(SessionRow row) {
    return "%d %s %d %.6f %.6f %.6f %d %d"
        .formatted(
            row.endMillis(),
            row.approximate(),
            row.figures().readings(),
            row.figures().loadMean(),
            row.figures().loadMax(),
            row.figures().energyKilowattHours(),
            row.figures().starts(),
            row.figures().operatingMillis());
  }

  /** What compaction leaves, by key. */
  static Map<String, SessionRow> table(List<SessionRow> rows) {
    Map<String, SessionRow> table = new TreeMap<>();
    for (SessionRow row : rows) {
      if (row.deleted()) {
        table.remove(row.key());
      } else {
        table.put(row.key(), row);
      }
    }
    return table;
  }
}
