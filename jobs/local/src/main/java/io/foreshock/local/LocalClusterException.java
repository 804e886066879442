package io.foreshock.local;

/** A local process could not be started or did not do what was asked; the message says which. */
public final class LocalClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LocalClusterException(String message, Throwable cause) {
    super(message, cause);
  }

  public LocalClusterException(String message) {
    super(message);
  }
}
