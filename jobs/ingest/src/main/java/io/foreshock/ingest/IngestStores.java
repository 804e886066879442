package io.foreshock.ingest;

import io.foreshock.lake.LakeConfig;
import io.foreshock.lake.LakeSinks;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.config.Settings;
import io.foreshock.store.StoreConfig;
import io.foreshock.store.StoreSchema;
import io.foreshock.store.StoreSinks;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where telemetry is kept for people and for history: what is live and what came too late for its
 * place alike, for neither store asks for an order.
 *
 * @param lake Parquet files; empty for none
 * @param store PostgreSQL; empty for none
 */
record IngestStores(Optional<LakeConfig> lake, Optional<StoreConfig> store) {

  static IngestStores from(Settings settings) {
    return new IngestStores(LakeConfig.from(settings), StoreConfig.from(settings));
  }

  /**
   * Brings the store's schema up to date, or checks it.
   *
   * @throws io.foreshock.runtime.StartRefused when the store cannot be used as it is
   */
  void prepare(Consumer<String> warnings) {
    store.ifPresent(config -> StoreSchema.prepare(config, warnings));
  }

  void write(IngestPipeline.Streams streams) {
    if (lake.isEmpty() && store.isEmpty()) {
      return;
    }
    DataStream<TelemetryBatch> all = streams.telemetry().union(streams.backfill());
    lake.ifPresent(config -> LakeSinks.write(all, config));
    store.ifPresent(config -> StoreSinks.writeTelemetry(all, config));
  }
}
