package io.foreshock.cli.features.parity;

import io.foreshock.model.FeatureRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows that hold: of each asset, set and time the one with the highest revision. */
public final class RowTable {
  private final Map<Key, FeatureRow> rows = new HashMap<>();
  private long given;

  private record Key(String asset, String set, long eventTimeMillis) {}

  /** Takes a row; rows may come in any order, from several tasks. */
  public synchronized void add(FeatureRow row) {
    given++;
    Key key = new Key(row.asset().key(), row.featureSet(), row.eventTimeMillis());
    rows.merge(key, row, (one, other) -> one.revision() > other.revision() ? one : other);
  }

  /** Rows that hold. */
  public int size() {
    return rows.size();
  }

  /** The rows of a set that hold, by asset and time. */
  public List<FeatureRow> rows(String set) {
    return rows.values().stream()
        .filter(row -> row.featureSet().equals(set))
        .sorted(
            Comparator.comparing((FeatureRow row) -> row.asset().key())
                .thenComparingLong(FeatureRow::eventTimeMillis))
        .toList();
  }

  /** Rows that were given, revisions included. */
  public long given() {
    return given;
  }

  /**
   * How two tables differ.
   *
   * @param rows rows of either
   * @param equal rows that are in both, with the same bits in every value
   * @param missing rows that are in one only
   * @param worstDifference largest difference of two values that should be the same; infinite when
   *     one of them is absent
   * @param first the first difference, in words; empty for none
   */
  public record Comparison(
      long rows, long equal, long missing, double worstDifference, String first) {
    /** Both together. */
    public Comparison plus(Comparison other) {
      return new Comparison(
          rows + other.rows,
          equal + other.equal,
          missing + other.missing,
          Math.max(worstDifference, other.worstDifference),
          first.isEmpty() ? other.first : first);
    }
  }

  /** Compares with what is expected. */
  public Comparison compare(RowTable expected) {
    long equal = 0;
    long missing = 0;
    double worst = 0;
    String first = "";
    for (Map.Entry<Key, FeatureRow> entry : expected.rows.entrySet()) {
      FeatureRow row = rows.get(entry.getKey());
      if (row == null) {
        missing++;
        first = first.isEmpty() ? entry.getKey() + " is not served" : first;
        continue;
      }
      double difference = difference(row.values(), entry.getValue().values());
      if (difference == 0) {
        equal++;
      } else if (first.isEmpty()) {
        first = row + " is served, but history says " + entry.getValue();
      }
      worst = Math.max(worst, difference);
    }
    long more = rows.keySet().stream().filter(key -> !expected.rows.containsKey(key)).count();
    if (more > 0 && first.isEmpty()) {
      first = more + " rows are served that history does not have";
    }
    return new Comparison(expected.rows.size() + more, equal, missing + more, worst, first);
  }

  /** 0 only where every bit is the same. */
  private static double difference(double[] served, double[] expected) {
    if (served.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (int i = 0; i < served.length; i++) {
      if (Double.doubleToLongBits(served[i]) != Double.doubleToLongBits(expected[i])) {
        double away = Math.abs(served[i] - expected[i]);
        worst =
            Math.max(
                worst,
                Double.isNaN(away) ? Double.POSITIVE_INFINITY : Math.max(away, Double.MIN_VALUE));
      }
    }
    return worst;
  }
}
