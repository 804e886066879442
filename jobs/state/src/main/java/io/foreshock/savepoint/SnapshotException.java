package io.foreshock.savepoint;

/** A savepoint that cannot be read; the message is for the person who named it. */
public final class SnapshotException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SnapshotException(String message, Throwable cause) {
    super(message, cause);
  }
}
