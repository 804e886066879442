package io.foreshock.ingest;

import io.foreshock.codec.CleanTelemetryEncoder;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.kafka.RecordForm;

/**
 * A batch on {@code <tenant>.telemetry} or its backfill: keyed by the asset, so that one partition
 * holds an asset in its order.
 */
final class TelemetryForm implements RecordForm<TelemetryBatch> {
  private static final long serialVersionUID = 1L;

  private final CleanTelemetryEncoder encoder = new CleanTelemetryEncoder();
  private final boolean backfill;

  /**
   * @param backfill whether the batches lie behind what was passed on before
   */
  TelemetryForm(boolean backfill) {
    this.backfill = backfill;
  }

  @Override
  public String tenant(TelemetryBatch batch) {
    return batch.asset().tenant();
  }

  @Override
  public byte[] key(TelemetryBatch batch) {
    return encoder.key(batch);
  }

  @Override
  public byte[] value(TelemetryBatch batch) {
    return encoder.encode(batch, backfill);
  }

  /** The ingest clock of the raw record; a topic with append times replaces it. */
  @Override
  public Long timestampMillis(TelemetryBatch batch) {
    return batch.appendTimeMillis();
  }
}
