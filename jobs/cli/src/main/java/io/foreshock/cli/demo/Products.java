package io.foreshock.cli.demo;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a reader of sessions and features knows at a moment.
 *
 * @param trips their number, assets and sums
 * @param operations the same of machines
 * @param newest last trips and operations, newest first
 * @param features rows by feature set, in the order of their names
 */
record Products(Totals trips, Totals operations, List<Stretch> newest, List<FeatureRows> features) {

  /**
   * Sums over sessions.
   *
   * @param kilometres 0 where nothing moves
   */
  record Totals(int sessions, int assets, double hours, double kilometres, double idlingMinutes) {}

  /**
   * Rows of one feature set, revisions included.
   *
   * @param example one value of the newest row; null when there is none
   */
  record FeatureRows(String set, long rows, Example example) {}

  /**
   * One feature of a row.
   *
   * @param millis simulated time of the row
   */
  record Example(
      String tenant, String assetId, long millis, String feature, double value, String unit) {}

  static Products of(Collection<Stretch> sessions, List<FeatureRows> features, int newest) {
    return new Products(
        totals(sessions, Stretch::isTrip),
        totals(sessions, Stretch::isOperation),
        sessions.stream()
            .filter(session -> session.isTrip() || session.isOperation())
            .sorted(Comparator.comparingLong(Stretch::endMillis).reversed())
            .limit(newest)
            .toList(),
        features);
  }

  /** Of the newest, those of which this holds. */
  List<Stretch> newest(Predicate<Stretch> which, int most) {
    return newest.stream().filter(which).limit(most).toList();
  }

  /** Feature sets that have rows: no fleet has assets of every class. */
  List<FeatureRows> withRows() {
    return features.stream().filter(set -> set.rows() > 0).toList();
  }

  long featureRows() {
    return features.stream().mapToLong(FeatureRows::rows).sum();
  }

  private static Totals totals(Collection<Stretch> sessions, Predicate<Stretch> which) {
    List<Stretch> all = sessions.stream().filter(which).toList();
    return new Totals(
        all.size(),
        (int) all.stream().map(one -> one.tenant() + "/" + one.assetId()).distinct().count(),
        all.stream().mapToDouble(Stretch::hours).sum(),
        all.stream().mapToDouble(Stretch::kilometres).filter(Double::isFinite).sum(),
        all.stream().mapToDouble(Stretch::idlingMinutes).filter(Double::isFinite).sum());
  }
}
