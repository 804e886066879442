package io.foreshock.model;

/**
 * Work done on a component.
 *
 * @param component part that was worked on, e.g. {@code bearing}
 * @param eventTimeMillis when the work was finished
 * @param kind what was done
 */
public record MaintenanceEvent(String component, long eventTimeMillis, Kind kind) {

  /** Kind of work. Order and names are part of the state format. */
  public enum Kind {
    UNSPECIFIED,
    INSPECTED,
    REPAIRED,
    REPLACED
  }
}
