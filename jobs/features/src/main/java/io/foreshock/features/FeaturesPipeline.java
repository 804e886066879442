package io.foreshock.features;

import io.foreshock.model.FeatureRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.AssignFeatureSetsFunction;
import io.foreshock.operators.features.ComputeFeaturesFunction;
import io.foreshock.operators.features.FeatureInput;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Clean telemetry to feature rows: each batch to the sets that apply to its asset, then per set and
 * asset into slices. One shuffle. The same in serving, from Kafka, and for training, from history
 * in batch mode.
 */
public final class FeaturesPipeline {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String ASSIGN = "assign-feature-sets";

  public static final String COMPUTE = "compute-features";

  private FeaturesPipeline() {}

  /**
   * Adds the pipeline to the graph of the given stream.
   *
   * @param telemetry in the order of each device, once, and what came too late for its place;
   *     timestamps and watermarks are the ingest clock. In batch mode timestamps must be event
   *     times, for the order of an asset goes by them
   */
  public static DataStream<FeatureRow> define(
      DataStream<TelemetryBatch> telemetry, FeaturesConfig config) {
    return telemetry
        .flatMap(new AssignFeatureSetsFunction(config.sets()))
        .returns(FeatureInput.class)
        .uid(ASSIGN)
        .name(ASSIGN)
        .keyBy(FeatureInput::key, Types.STRING)
        .process(new ComputeFeaturesFunction(config.sets(), config.forgetAfter()))
        .returns(FeatureRow.class)
        .uid(COMPUTE)
        .name(COMPUTE);
  }
}
