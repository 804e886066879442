package io.foreshock.model;

import io.foreshock.state.FeatureRowSerializer;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Features of one asset at one time. Of several rows of the same asset, set and event time the one
 * with the highest revision holds.
 *
 * @param asset machine
 * @param featureSet name of the set
 * @param featureSetVersion version of the set
 * @param eventTimeMillis time of the row on the asset's clock: computed of what was measured before
 * @param computedAtMillis ingest clock of the message that made it: from then on it could be known
 * @param revision 0 when first given, then counting up
 * @param kind how it came about
 * @param values in the order of the set's columns; NaN for an absent value. Not to be changed
 */
@TypeInfo(FeatureRowSerializer.Factory.class)
public record FeatureRow(
    AssetRef asset,
    String featureSet,
    int featureSetVersion,
    long eventTimeMillis,
    long computedAtMillis,
    int revision,
    Kind kind,
    double[] values) {

  /** How a row came about. Order and names are part of the state format. */
  public enum Kind {
    /** In its place, of readings that were young when they arrived. */
    LIVE,
    /** In its place, of readings that were old when they arrived. */
    BACKLOG,
    /** Given after its time because readings of its windows came late. */
    CORRECTED
  }

  /** Values count by their bits, as a state would see them. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureRow that
        && asset.equals(that.asset)
        && featureSet.equals(that.featureSet)
        && featureSetVersion == that.featureSetVersion
        && eventTimeMillis == that.eventTimeMillis
        && computedAtMillis == that.computedAtMillis
        && revision == that.revision
        && kind == that.kind
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * asset.hashCode() + Long.hashCode(eventTimeMillis)) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return featureSet
        + " v"
        + featureSetVersion
        + " of "
        + asset.key()
        + " at "
        + eventTimeMillis
        + " revision "
        + revision
        + ' '
        + kind
        + ' '
        + Arrays.toString(values);
  }
}
