package io.foreshock.cli.demo;

import io.foreshock.cli.demo.Products.Example;
import io.foreshock.cli.demo.Products.FeatureRows;
import java.util.List;
import java.util.Locale;

/** Phrases about sessions and features, for both views and the summary. */
final class ProductText {

  private ProductText() {}

  /** E.g. {@code Tue 07:31 van-004 acme 31.6 km in 51 min, idling 7 min}. */
  static String session(Stretch session) {
    String subject =
        "%s  %s %s  "
            .formatted(DemoText.clock(session.startMillis()), session.assetId(), session.tenant());
    if (session.isTrip()) {
      return subject
          + format("%.1f km in %.0f min", session.kilometres(), session.hours() * 60)
          + (Double.isNaN(session.idlingMinutes())
              ? ""
              : format(", idling %.0f min", session.idlingMinutes()));
    }
    return subject
        + format("ran %.1f h", session.hours())
        + (Double.isNaN(session.load()) ? "" : format(", mean load %.1f A", session.load()));
  }

  /** E.g. {@code pump-condition 6,912 rows, e.g. Tue 07:30 pump-3 acme flow_mean_1h 71.2 m³/h}. */
  static String features(FeatureRows rows) {
    String text = format("%s %,d rows", rows.set(), rows.rows());
    Example example = rows.example();
    return example == null
        ? text
        : text
            + format(
                ", e.g. %s  %s %s  %s %.2f %s",
                DemoText.clock(example.millis()),
                example.assetId(),
                example.tenant(),
                example.feature(),
                example.value(),
                example.unit());
  }

  /** One line about everything, e.g. for a log; newest trip last. */
  static String line(Products products) {
    List<Stretch> trips = products.newest(Stretch::isTrip, 1);
    return format(
            "trips %,d (%,.0f km)  operations %,d  feature rows %,d",
            products.trips().sessions(),
            products.trips().kilometres(),
            products.operations().sessions(),
            products.featureRows())
        + (trips.isEmpty() ? "" : "  last trip " + session(trips.get(0)));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
