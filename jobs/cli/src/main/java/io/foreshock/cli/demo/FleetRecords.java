package io.foreshock.cli.demo;

import io.foreshock.backtest.run.RecordFile;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.fleet.FleetSimulation;
import io.foreshock.fleet.Upload;
import io.foreshock.model.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Everything a fleet sends, as the records that a broker would hold. */
final class FleetRecords implements RecordFile.Content {
  private final FleetSimulation fleet;
  private long offset;

  FleetRecords(FleetSimulation fleet) {
    this.fleet = fleet;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    try {
      fleet.finish(upload -> write(target, upload));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return offset;
  }

  /** Key of a message: all of an asset's messages go to one partition. */
  static byte[] key(Upload upload) {
    return upload.batch().asset().assetId().getBytes(StandardCharsets.UTF_8);
  }

  /** Topic of a message. */
  static String topic(Upload upload) {
    return upload.batch().asset().tenant() + ".telemetry.raw";
  }

  private void write(RecordFile.Target target, Upload upload) {
    String tenant = upload.batch().asset().tenant();
    byte[] value = TelemetryCodec.encode(upload.batch());
    try {
      target.write(
          new RawRecord(
              tenant, topic(upload), 0, offset++, upload.sendMillis(), key(upload), value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
