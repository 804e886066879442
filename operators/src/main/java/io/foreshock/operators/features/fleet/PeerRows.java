package io.foreshock.operators.features.fleet;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.operators.features.definition.FleetComparison;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.util.Collector;

/** Which rows are compared, and with which. */
final class PeerRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, ArrayList<FeatureSet>> byBase = new HashMap<>();

  PeerRows(List<FeatureSet> sets) {
    for (FeatureSet set : sets) {
      if (set.isOfFleet()) {
        byBase.computeIfAbsent(set.fleet().base(), base -> new ArrayList<>()).add(set);
      }
    }
  }

  /**
   * Hands over what is compared of a row.
   *
   * @param model model of a machine; null when it is not known
   * @return how often the model was not known
   */
  int of(FeatureRow row, Function<AssetRef, String> model, Collector<FleetInput> output) {
    List<FeatureSet> sets = byBase.get(row.featureSet());
    int unknown = 0;
    if (sets == null) {
      return unknown;
    }
    for (FeatureSet set : sets) {
      if (row.eventTimeMillis() % set.every().toMillis() != 0) {
        continue;
      }
      boolean byModel = set.fleet().peers() == FleetComparison.Peers.MODEL;
      String peers = byModel ? model.apply(row.asset()) : row.asset().assetClass();
      if (peers == null || peers.isEmpty()) {
        unknown++;
      } else {
        output.collect(new FleetInput(peers, compared(row, set)));
      }
    }
    return unknown;
  }

  private static FeatureRow compared(FeatureRow row, FeatureSet set) {
    List<Integer> places = set.fleet().places();
    double[] values = new double[places.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.values()[places.get(i)];
    }
    return new FeatureRow(
        row.asset(),
        set.name(),
        row.featureSetVersion(),
        row.eventTimeMillis(),
        row.computedAtMillis(),
        row.revision(),
        row.kind(),
        values);
  }
}
