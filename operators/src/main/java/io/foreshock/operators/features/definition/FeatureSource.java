package io.foreshock.operators.features.definition;

import java.io.Serializable;

/**
 * Where the values of a feature come from.
 *
 * @param kind what is looked at
 * @param name channel; fault code, empty for any; operating state in lower case; component
 */
public record FeatureSource(Kind kind, String name) implements Serializable {

  /** Kinds of sources. */
  public enum Kind {
    CHANNEL,
    FAULT_CODE,
    /** The machine entered a state. */
    ENTERED,
    /** Work on a component, inspections left out. */
    MAINTENANCE
  }
}
