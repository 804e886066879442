package io.foreshock.codec.avro;

/** Bytes that are not what the decoder reads; the message says what they are instead. */
public final class UnreadableValueException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableValueException(String message) {
    super(message);
  }

  public UnreadableValueException(String message, Throwable cause) {
    super(message, cause);
  }
}
