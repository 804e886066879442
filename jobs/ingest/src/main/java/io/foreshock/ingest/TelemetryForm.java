package io.foreshock.ingest;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.kafka.RecordForm;
import java.nio.charset.StandardCharsets;

/**
 * A batch on {@code <tenant>.telemetry} or its backfill: keyed by the asset, so that one partition
 * holds an asset in its order.
 *
 * @param backfill whether the batches lie behind what was passed on before
 */
record TelemetryForm(boolean backfill) implements RecordForm<TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  @Override
  public String tenant(TelemetryBatch batch) {
    return batch.asset().tenant();
  }

  @Override
  public byte[] key(TelemetryBatch batch) {
    return batch.asset().assetId().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] value(TelemetryBatch batch) {
    return TelemetryCodec.encodeClean(batch, backfill);
  }

  /** The ingest clock of the raw record; a topic with append times replaces it. */
  @Override
  public Long timestampMillis(TelemetryBatch batch) {
    return batch.appendTimeMillis();
  }
}
