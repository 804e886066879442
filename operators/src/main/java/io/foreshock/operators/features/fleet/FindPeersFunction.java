package io.foreshock.operators.features.fleet;

import io.foreshock.model.FeatureRow;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.LogSubject;
import io.foreshock.operators.assets.AssetModels;
import io.foreshock.operators.decode.DecodeWithAssetsFunction;
import io.foreshock.operators.features.definition.FeatureSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows to those that are compared, each with what it is compared by, with the asset registry as
 * second, broadcast input: it says of which model a machine is.
 *
 * <p>The whole registry is read when a task opens, before the first row. A machine whose model
 * changes is compared with its new peers from its next row on. The second input must be idle, it
 * has no part in the clock. Nothing is kept in state: the topic is the state.
 *
 * <p>Metrics: {@code rowsWithoutPeers} (model or class not known), {@code assetModels}.
 */
public final class FindPeersFunction extends CoProcessFunction<FeatureRow, RawRecord, FleetInput> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(FindPeersFunction.class);

  private final PeerRows rows;
  private final DecodeWithAssetsFunction.Snapshot snapshot;

  private transient AssetModels models;
  private transient Counter withoutPeers;

  /**
   * @param snapshot reads the whole registry when a task opens
   */
  public FindPeersFunction(List<FeatureSet> sets, DecodeWithAssetsFunction.Snapshot snapshot) {
    this.rows = new PeerRows(sets);
    this.snapshot = snapshot;
  }

  @Override
  public void open(OpenContext context) {
    models = new AssetModels();
    withoutPeers = getRuntimeContext().getMetricGroup().counter("rowsWithoutPeers");
    getRuntimeContext().getMetricGroup().gauge("assetModels", () -> models.size());
    snapshot.read(this::take);
  }

  @Override
  public void processElement1(FeatureRow row, Context context, Collector<FleetInput> out) {
    withoutPeers.inc(rows.of(row, models::of, out));
  }

  @Override
  public void processElement2(RawRecord asset, Context context, Collector<FleetInput> out) {
    take(asset);
  }

  private void take(RawRecord asset) {
    String problem = models.take(asset);
    if (!problem.isEmpty()) {
      try (LogSubject subject = LogSubject.ofKey(new String(asset.key(), StandardCharsets.UTF_8))) {
        LOG.warn(
            "Asset {} (offset {}) is refused, what was known before stays: {}",
            subject.name(),
            asset.offset(),
            problem);
      }
    }
  }
}
