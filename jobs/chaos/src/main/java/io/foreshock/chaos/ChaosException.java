package io.foreshock.chaos;

/** The suite could not be run to its end; the message says why. */
public final class ChaosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChaosException(String message, Throwable cause) {
    super(message, cause);
  }
}
