package io.foreshock.operators.detect;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What is looked for on which assets.
 *
 * @param detectors detectors and the assets each applies to; no id twice
 * @param readings channels whose plain readings are wanted as signals, and by which assets; under
 *     {@link #HEARTBEAT} the assets of which a {@link io.foreshock.model.Heartbeat} is wanted after
 *     each batch, because a pattern waits for something not to happen
 */
public record DetectorPlan(List<Assignment> detectors, Map<String, List<AssetScope>> readings)
    implements Serializable {

  /** Stands in {@link #readings} for heartbeats, which are readings of no channel. */
  public static final String HEARTBEAT = "";

  public DetectorPlan {
    detectors = List.copyOf(detectors);
    readings = Map.copyOf(readings);
  }

  /**
   * One detector and the assets it applies to.
   *
   * @param spec what to look for
   * @param scopes assets concerned: any of them
   */
  public record Assignment(DetectorSpec spec, List<AssetScope> scopes) implements Serializable {
    public Assignment {
      scopes = List.copyOf(scopes);
    }
  }
}
