package io.foreshock.operators.features.definition;

import io.foreshock.operators.detect.AssetScope;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A set of features that are computed together and leave as one row.
 *
 * <p>Rows have times on a grid: a row of time {@code T} is computed of what was measured before
 * {@code T}. There is a row at every multiple of {@link #every} in whose last period the asset said
 * something the set looks at, and at the end of every slice in which something of {@link #onChange}
 * happened. Windows reach from {@code T} back to a multiple of a slice: exact up to two hours,
 * later rounded down by at most a twelfth of the window (see {@code SliceLevels}).
 *
 * @param name in kebab case; last part of the topic {@code <tenant>.features.<name>}
 * @param version counts up with every change of the document
 * @param description one sentence
 * @param scope assets that the set applies to
 * @param every period of rows; a multiple of {@link #slice}
 * @param onChange what makes a row between periods
 * @param slice finest time that is told apart: 1 min, 10 min or 1 h
 * @param corrections how far behind its asset's clock a reading may be to be used; rows that it
 *     changes are given again
 * @param columns values of a row, in order
 * @param fleet how rows of another set are compared with each other; null of a set that is computed
 *     of telemetry
 */
public record FeatureSet(
    String name,
    int version,
    String description,
    AssetScope scope,
    Duration every,
    Set<Change> onChange,
    Duration slice,
    Duration corrections,
    List<FeatureColumn> columns,
    FleetComparison fleet)
    implements Serializable {

  /** What makes a row between periods. */
  public enum Change {
    OPERATING_STATE,
    FAULT_CODE,
    MAINTENANCE
  }

  public FeatureSet {
    onChange = java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(onChange));
    columns = List.copyOf(columns);
  }

  /** A set that is computed of telemetry. */
  public FeatureSet(
      String name,
      int version,
      String description,
      AssetScope scope,
      Duration every,
      Set<Change> onChange,
      Duration slice,
      Duration corrections,
      List<FeatureColumn> columns) {
    this(name, version, description, scope, every, onChange, slice, corrections, columns, null);
  }

  /** Whether rows are computed of rows of another set, and not of telemetry. */
  public boolean isOfFleet() {
    return fleet != null;
  }

  /** Longest window; zero when no column has one. */
  public Duration longestWindow() {
    return columns.stream()
        .map(FeatureColumn::window)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
