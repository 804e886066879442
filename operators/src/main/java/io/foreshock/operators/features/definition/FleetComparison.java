package io.foreshock.operators.features.definition;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How rows of a set are compared with those of other machines of the same kind and the same time.
 *
 * @param base name of the set whose rows are compared
 * @param peers what machines have in common that are compared
 * @param patience ingest time that rows of one time wait for those of other machines, and
 *     corrections for more of the same
 * @param remember how long after its time a row is still compared, on the ingest clock
 * @param minimumPeers other machines that must have a value; with fewer nothing is said
 * @param places columns of the base set that are compared
 */
public record FleetComparison(
    String base,
    Peers peers,
    Duration patience,
    Duration remember,
    int minimumPeers,
    List<Integer> places)
    implements Serializable {

  /** Columns for each column that is compared. */
  public static final int COLUMNS = 3;

  /** What machines have in common that are compared. */
  public enum Peers {
    /** Maker and model, as the asset registry says. */
    MODEL,
    /** Their class. */
    ASSET_CLASS
  }

  public FleetComparison {
    places = List.copyOf(places);
  }
}
