package io.foreshock.backtest.history.mapping;

/**
 * Events of a table: a row has one when the cell of {@code what} holds something.
 *
 * @param kind what is told
 * @param what code of a fault, component that was maintained or failed, state entered
 * @param component part a fault code blames; null when not stated
 * @param grade severity of a fault code or kind of maintenance; null when not stated
 */
public record EventColumns(Kind kind, CellSource what, CellSource component, CellSource grade) {
  /** What events tell. Failures are truth: the pipeline never sees them. */
  public enum Kind {
    FAULT,
    MAINTENANCE,
    STATE,
    FAILURE
  }
}
