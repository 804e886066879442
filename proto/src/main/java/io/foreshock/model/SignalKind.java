package io.foreshock.model;

/** Kinds of signals that patterns can see. Order and names are part of the state format. */
public enum SignalKind {
  /** A detector's symptom began. */
  SYMPTOM,
  /** A detector's symptom ended. */
  SYMPTOM_CLEARED,
  /** The device's controller raised a code. */
  FAULT_CODE,
  /** Somebody worked on a component. */
  MAINTENANCE,
  /** The operating state changed. */
  OPERATING_STATE,
  /** A reading that a pattern asked for. */
  READING
}
