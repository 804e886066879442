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

  public static final String ASSIGN_BACKFILL = "assign-feature-sets-to-backfill";

  public static final String COMPUTE = "compute-features";

  private FeaturesPipeline() {}

  /**
   * Adds the pipeline to the graph of the given stream.
   *
   * @param telemetry in the order of each device, once; timestamps and watermarks are the ingest
   *     clock
   * @param backfill what came too late for its place, with the ingest clock as timestamps; must not
   *     hold watermarks back
   */
  public static DataStream<FeatureRow> define(
      DataStream<TelemetryBatch> telemetry,
      DataStream<TelemetryBatch> backfill,
      FeaturesConfig config) {
    return compute(
        assign(telemetry, false, ASSIGN, config)
            .union(assign(backfill, true, ASSIGN_BACKFILL, config)),
        config);
  }

  /**
   * Adds the pipeline for history alone.
   *
   * @param history each message once. In batch mode timestamps must be event times, for the order
   *     of an asset goes by them
   */
  public static DataStream<FeatureRow> define(
      DataStream<TelemetryBatch> history, FeaturesConfig config) {
    return compute(assign(history, false, ASSIGN, config), config);
  }

  private static DataStream<FeatureInput> assign(
      DataStream<TelemetryBatch> batches, boolean backfill, String uid, FeaturesConfig config) {
    return batches
        .flatMap(new AssignFeatureSetsFunction(config.sets(), backfill))
        .returns(FeatureInput.class)
        .uid(uid)
        .name(uid);
  }

  /**
   * The part behind the assignment to sets.
   *
   * @param inputs of an asset in the order in which they came
   */
  public static DataStream<FeatureRow> compute(
      DataStream<FeatureInput> inputs, FeaturesConfig config) {
    return inputs
        .keyBy(FeatureInput::key, Types.STRING)
        .process(new ComputeFeaturesFunction(config.sets(), config.forgetAfter()))
        .returns(FeatureRow.class)
        .uid(COMPUTE)
        .name(COMPUTE);
  }
}
