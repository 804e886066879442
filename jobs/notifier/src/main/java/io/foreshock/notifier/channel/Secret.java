package io.foreshock.notifier.channel;

import io.foreshock.runtime.kafka.security.SecretReference;
import java.util.Optional;

/**
 * A value that must not be seen: kept as where it stands and read at each use, so that a changed
 * file needs no restart.
 */
public final class Secret {
  private final SecretReference reference;

  private Secret(SecretReference reference) {
    this.reference = reference;
  }

  /** Empty when the text does not say where a secret stands. */
  public static Optional<Secret> parse(String text) {
    return SecretReference.parse(text).map(Secret::new);
  }

  /**
   * The secret itself.
   *
   * @throws SecretReference.Missing when it is not where it was said to be; names the place only
   */
  public String read() {
    return reference.resolve();
  }

  /** Where it stands. */
  @Override
  public String toString() {
    return reference.toString();
  }
}
