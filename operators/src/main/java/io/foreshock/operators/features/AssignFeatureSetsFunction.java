package io.foreshock.operators.features;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Sends a batch to each feature set that applies to its asset. A batch that does not name the class
 * of its asset goes to the sets that apply to every class only: ingest adds classes from the asset
 * registry.
 */
public final class AssignFeatureSetsFunction
    implements FlatMapFunction<TelemetryBatch, FeatureInput> {
  private static final long serialVersionUID = 1L;

  private final ArrayList<FeatureSet> sets;
  private final boolean backfill;

  /**
   * @param backfill whether the batches are those that came too late for their place
   */
  public AssignFeatureSetsFunction(List<FeatureSet> sets, boolean backfill) {
    this.sets = new ArrayList<>(sets);
    this.backfill = backfill;
  }

  @Override
  public void flatMap(TelemetryBatch batch, Collector<FeatureInput> out) {
    for (int i = 0; i < sets.size(); i++) {
      FeatureSet set = sets.get(i);
      if (!set.isOfFleet() && set.scope().covers(batch.asset())) {
        out.collect(new FeatureInput(set.name(), backfill, batch));
      }
    }
  }
}
