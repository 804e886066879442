package io.foreshock.operators.features.fleet;

import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureSet;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The same as {@link FindPeersFunction} where there is no asset registry: machines are compared by
 * their class, and those that should be by model are not.
 *
 * <p>Metric: {@code rowsWithoutPeers}.
 */
public final class FindPeersByClassFunction extends ProcessFunction<FeatureRow, FleetInput> {
  private static final long serialVersionUID = 1L;

  private final PeerRows rows;
  private transient Counter withoutPeers;

  public FindPeersByClassFunction(List<FeatureSet> sets) {
    this.rows = new PeerRows(sets);
  }

  @Override
  public void open(OpenContext context) {
    withoutPeers = getRuntimeContext().getMetricGroup().counter("rowsWithoutPeers");
  }

  @Override
  public void processElement(FeatureRow row, Context context, Collector<FleetInput> out) {
    withoutPeers.inc(rows.of(row, asset -> null, out));
  }
}
