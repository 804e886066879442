package io.foreshock.backtest.history;

/** A cell or row that cannot be used. Costs little: there may be as many as rows. */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason kind of trouble, the same for all of its kind
   * @param message the cell, its value and the rule
   */
  BadValue(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
