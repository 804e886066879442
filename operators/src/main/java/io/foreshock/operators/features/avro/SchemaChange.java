package io.foreshock.operators.features.avro;

/**
 * One difference between two versions of a feature set.
 *
 * @param kind how bad it is
 * @param field field that differs; empty for the whole set
 * @param text what differs, and who notices what
 */
public record SchemaChange(Kind kind, String field, String text) {

  /** How bad a change is. */
  public enum Kind {
    /** Nobody notices who does not look. */
    COMPATIBLE,
    /** Readers work on, but some find less than before. */
    NOTICED,
    /** Somebody cannot read, or reads something else than they think. */
    BREAKS
  }
}
