package io.foreshock.features;

import io.foreshock.model.FeatureRow;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.decode.DecodeWithAssetsFunction;
import io.foreshock.operators.features.AssignFeatureSetsFunction;
import io.foreshock.operators.features.ComputeFeaturesFunction;
import io.foreshock.operators.features.FeatureInput;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.operators.features.fleet.CompareFleetFunction;
import io.foreshock.operators.features.fleet.FindPeersByClassFunction;
import io.foreshock.operators.features.fleet.FindPeersFunction;
import io.foreshock.operators.features.fleet.FleetInput;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Clean telemetry to feature rows: each batch to the sets that apply to its asset, then per set and
 * asset into slices. One shuffle; a second one, of rows, where rows are compared with those of
 * other machines. The same in serving, from Kafka, and for training, from history in batch mode.
 */
public final class FeaturesPipeline {
  /** uids and names; stored in savepoints, so changing one is a migration. */
  public static final String ASSIGN = "assign-feature-sets";

  public static final String ASSIGN_BACKFILL = "assign-feature-sets-to-backfill";

  public static final String COMPUTE = "compute-features";

  public static final String FIND_PEERS = "find-peers";

  public static final String COMPARE = "compare-fleet";

  private FeaturesPipeline() {}

  /**
   * The asset registry: of which model machines are.
   *
   * @param records of the registry's topic; their watermark must not hold back the ingest clock
   * @param snapshot reads the whole registry when a task opens
   */
  public record Registry(
      DataStream<RawRecord> records, DecodeWithAssetsFunction.Snapshot snapshot) {}

  /**
   * Adds the pipeline to the graph of the given stream.
   *
   * @param telemetry in the order of each device, once; timestamps and watermarks are the ingest
   *     clock
   * @param backfill what came too late for its place, with the ingest clock as timestamps; must not
   *     hold watermarks back
   * @param registry empty for none: no machine is then compared with others of its model
   */
  public static DataStream<FeatureRow> define(
      DataStream<TelemetryBatch> telemetry,
      DataStream<TelemetryBatch> backfill,
      Optional<Registry> registry,
      FeaturesConfig config) {
    return compute(
        assign(telemetry, false, ASSIGN, config)
            .union(assign(backfill, true, ASSIGN_BACKFILL, config)),
        registry,
        config);
  }

  /**
   * Adds the pipeline for history alone.
   *
   * @param history each message once. In batch mode timestamps must be event times, for the order
   *     of an asset goes by them
   */
  public static DataStream<FeatureRow> define(
      DataStream<TelemetryBatch> history, Optional<Registry> registry, FeaturesConfig config) {
    return compute(assign(history, false, ASSIGN, config), registry, config);
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
      DataStream<FeatureInput> inputs, Optional<Registry> registry, FeaturesConfig config) {
    DataStream<FeatureRow> rows = computeAlone(inputs, config);
    boolean compares = config.sets().stream().anyMatch(FeatureSet::isOfFleet);
    return compares ? rows.union(compare(findPeers(rows, registry, config), config)) : rows;
  }

  private static DataStream<FleetInput> findPeers(
      DataStream<FeatureRow> rows, Optional<Registry> registry, FeaturesConfig config) {
    SingleOutputStreamOperator<FleetInput> found =
        registry.isPresent()
            ? rows.connect(registry.get().records().broadcast())
                .process(new FindPeersFunction(config.sets(), registry.get().snapshot()))
            : rows.process(new FindPeersByClassFunction(config.sets()));
    return found.returns(FleetInput.class).uid(FIND_PEERS).name(FIND_PEERS);
  }

  private static DataStream<FeatureRow> compare(
      DataStream<FleetInput> rows, FeaturesConfig config) {
    return rows.keyBy(FleetInput::key, Types.STRING)
        .process(new CompareFleetFunction(config.sets()))
        .returns(FeatureRow.class)
        .uid(COMPARE)
        .name(COMPARE);
  }

  private static DataStream<FeatureRow> computeAlone(
      DataStream<FeatureInput> inputs, FeaturesConfig config) {
    return inputs
        .keyBy(FeatureInput::key, Types.STRING)
        .process(new ComputeFeaturesFunction(config.sets(), config.forgetAfter()))
        .returns(FeatureRow.class)
        .uid(COMPUTE)
        .name(COMPUTE);
  }
}
