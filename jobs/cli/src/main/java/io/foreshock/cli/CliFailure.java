package io.foreshock.cli;

/** Ends a command with one message for the person who typed it. */
public final class CliFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CliFailure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What was typed or pointed at is wrong: exit code 2. */
  public static CliFailure wrongInput(String message) {
    return new CliFailure(2, message, null);
  }

  /** The same, with what the platform said; shown with {@code --verbose} only. */
  public static CliFailure wrongInput(String message, Throwable cause) {
    return new CliFailure(2, message, cause);
  }

  /** The input is right, but it did not work: exit code 1. */
  public static CliFailure failed(String message, Throwable cause) {
    return new CliFailure(1, message, cause);
  }

  public int exitCode() {
    return exitCode;
  }
}
