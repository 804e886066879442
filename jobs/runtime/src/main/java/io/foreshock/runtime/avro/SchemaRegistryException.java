package io.foreshock.runtime.avro;

/** What a schema registry does not do, in words for whoever can repair it. */
public final class SchemaRegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean away;

  SchemaRegistryException(String message, boolean away, Throwable cause) {
    super(message, cause);
    this.away = away;
  }

  /** True when nobody answered: asking later may help. False when the registry said no. */
  public boolean isAway() {
    return away;
  }
}
