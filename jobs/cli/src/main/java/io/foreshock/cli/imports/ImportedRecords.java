package io.foreshock.cli.imports;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Messages of a recording as records of {@code <tenant>.telemetry.raw}, cells that are no values as
 * dead letters, and how many there were of each.
 */
final class ImportedRecords implements Recording.Target {
  private final String tenant;
  private final String topic;
  private final Records records;
  private final Letters letters;
  private final SourceCounts counts = new SourceCounts();
  private long appendTimeMillis = Long.MIN_VALUE;

  /** Takes records in the order of their append times. */
  @FunctionalInterface
  interface Records {
    void write(RawRecord message) throws IOException;
  }

  /** Takes dead letters. */
  @FunctionalInterface
  interface Letters {
    void write(DeadLetter letter) throws IOException;
  }

  ImportedRecords(String tenant, Records records, Letters letters) {
    this.tenant = tenant;
    this.topic = TenantTopic.RAW.of(tenant);
    this.records = records;
    this.letters = letters;
  }

  SourceCounts counts() {
    return counts;
  }

  @Override
  public void message(TelemetryBatch batch) throws IOException {
    // A broker's clock never goes back.
    appendTimeMillis = Math.max(appendTimeMillis, batch.appendTimeMillis());
    records.write(
        new RawRecord(
            tenant,
            topic,
            0,
            counts.messages++,
            appendTimeMillis,
            batch.deviceId().getBytes(StandardCharsets.UTF_8),
            TelemetryCodec.encode(batch)));
    counts.devices.add(batch.deviceId());
    counts.readings += batch.measurements().size() + batch.positions().size();
  }

  @Override
  public void bad(BadCell cell) throws IOException {
    counts.badCells.merge(cell.columnName(), 1L, Long::sum);
    letters.write(cell.toLetter(tenant));
  }

  @Override
  public void missing() {
    counts.missingCells++;
  }

  @Override
  public void restart(String device) {
    counts.restarts.merge(device, 1L, Long::sum);
  }

  @Override
  public void row() {
    counts.rows++;
  }
}
