package io.foreshock.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * Trips, operations and features when the demo ended. No part of the verdict.
 *
 * @param complete whether the jobs had read everything
 * @param problem what became of a job that does not run; null when all do
 */
record ProductSummary(Products products, boolean complete, String problem) {
  private static final int LAST = 3;

  /** Lines for people, in the form of the rest of the summary. */
  void appendTo(StringBuilder text) {
    Products.Totals trips = products.trips();
    row(
        text,
        "trips",
        "%,d of %d vehicles, %,.0f km in %,.0f h, %,.0f min of it idling",
        trips.sessions(),
        trips.assets(),
        trips.kilometres(),
        trips.hours(),
        trips.idlingMinutes());
    for (Stretch trip : products.newest(Stretch::isTrip, LAST)) {
      row(text, "", "%s", ProductText.session(trip));
    }
    Products.Totals operations = products.operations();
    row(
        text,
        "operations",
        "%,d that ended, of %d machines, %,.0f h",
        operations.sessions(),
        operations.assets(),
        operations.hours());
    for (Stretch operation : products.newest(Stretch::isOperation, LAST)) {
      row(text, "", "%s", ProductText.session(operation));
    }
    row(text, "feature rows", "%,d", products.featureRows());
    for (Products.FeatureRows rows : products.withRows()) {
      row(text, "", "%s", ProductText.features(rows));
    }
    if (problem != null) {
      row(text, "not running", "%s", problem);
    } else if (!complete) {
      row(
          text,
          "",
          "%s",
          "ingest, sessions and features were stopped before they had read everything");
    }
  }

  void putInto(ObjectNode root) {
    ObjectNode node = root.putObject("companions");
    node.put("complete", complete);
    node.put("problem", problem);
    totals(node.putObject("trips"), products.trips());
    totals(node.putObject("operations"), products.operations());
    ObjectNode rows = node.putObject("featureRows");
    products.features().forEach(set -> rows.put(set.set(), set.rows()));
  }

  private static void totals(ObjectNode node, Products.Totals totals) {
    node.put("sessions", totals.sessions());
    node.put("assets", totals.assets());
    node.put("hours", rounded(totals.hours()));
    node.put("kilometres", rounded(totals.kilometres()));
    node.put("idlingMinutes", rounded(totals.idlingMinutes()));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static void row(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "  %-16s ", name))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }
}
