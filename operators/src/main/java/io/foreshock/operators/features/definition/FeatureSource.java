package io.foreshock.operators.features.definition;

import java.io.Serializable;

/**
 * Where the values of a feature come from.
 *
 * @param kind what is looked at
 * @param name channel; fault code, empty for any; operating state in lower case; component; what a
 *     session is, in words; what machines have in common and the column that is compared
 * @param sessions what a session is; null of all but {@link Kind#SESSIONS}
 */
public record FeatureSource(Kind kind, String name, SessionSource sessions)
    implements Serializable {

  /** Kinds of sources. */
  public enum Kind {
    CHANNEL,
    FAULT_CODE,
    /** The machine entered a state. */
    ENTERED,
    /** Work on a component, inspections left out. */
    MAINTENANCE,
    /** Stretches in which the machine ran. */
    SESSIONS,
    /** A column of rows of this machine and others. */
    FLEET
  }

  public FeatureSource(Kind kind, String name) {
    this(kind, name, null);
  }

  /** Sessions as a source. */
  public static FeatureSource of(SessionSource sessions) {
    return new FeatureSource(Kind.SESSIONS, sessions.text(), sessions);
  }
}
