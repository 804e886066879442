package io.foreshock.backtest;

/**
 * Ends a backtest with one message for the person who asked for it: names the thing, the value, the
 * rule and the way out. The command line shows the message alone.
 */
public final class BacktestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean wrongInput;

  private BacktestException(boolean wrongInput, String message, Throwable cause) {
    super(message, cause);
    this.wrongInput = wrongInput;
  }

  /** What was asked for or pointed at is wrong. */
  public static BacktestException wrongInput(String message) {
    return new BacktestException(true, message, null);
  }

  /** The same, with what the platform said. */
  public static BacktestException wrongInput(String message, Throwable cause) {
    return new BacktestException(true, message, cause);
  }

  /** The input is right, but it did not work. */
  public static BacktestException failed(String message, Throwable cause) {
    return new BacktestException(false, message, cause);
  }

  /** True when another input helps; false when it did not work for another reason. */
  public boolean isWrongInput() {
    return wrongInput;
  }
}
