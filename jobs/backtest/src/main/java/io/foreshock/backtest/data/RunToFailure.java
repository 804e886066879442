package io.foreshock.backtest.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.score.Quantiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How early machines that ran until they failed were warned: by the first alarm of each, whenever
 * it came.
 *
 * @param units machines that failed
 * @param leads time from the first alarm of each machine that was warned to its failure, ascending
 * @param healthyAlarms alarms on what was healthy, as the set defines it
 * @param unit of the leads, e.g. {@code cycles}
 */
public record RunToFailure(int units, List<Double> leads, long healthyAlarms, String unit) {

  public RunToFailure {
    List<Double> ascending = new ArrayList<>(leads);
    Collections.sort(ascending);
    leads = List.copyOf(ascending);
  }

  /** Adds the figures; the leads of no machine are null. */
  public void putTo(ObjectNode node) {
    node.put("units", units);
    node.put("warned", leads.size());
    put(node, "leadMedian", 0.5);
    put(node, "leadMax", 1);
    put(node, "leadMin", 0);
    node.put("leadUnit", unit);
    node.put("healthyAlarms", healthyAlarms);
  }

  private void put(ObjectNode node, String name, double quantile) {
    double lead = Quantiles.of(leads, quantile);
    if (Double.isNaN(lead)) {
      node.putNull(name);
    } else {
      node.put(name, Math.round(lead * 100) / 100.0);
    }
  }

  /** The same in a line. */
  public String line() {
    return leads.isEmpty()
        ? String.format(Locale.ROOT, "warned 0 of %d", units)
        : String.format(
            Locale.ROOT,
            "warned %d of %d, lead median %.1f %s, from %.1f to %.1f",
            leads.size(),
            units,
            Quantiles.of(leads, 0.5),
            unit,
            leads.get(0),
            leads.get(leads.size() - 1));
  }
}
