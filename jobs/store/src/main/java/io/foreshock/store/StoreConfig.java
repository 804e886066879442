package io.foreshock.store;

import io.foreshock.runtime.config.Settings;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * Where rows go and how patient the job is with the database. Holds no secret: a password is read
 * where it is used.
 *
 * @param access how to connect
 * @param migrate bring the schema up to date before the job starts
 * @param batchSize messages that are sent together
 * @param patience how long a task waits for a database that is away before it fails
 */
public record StoreConfig(StoreAccess access, boolean migrate, int batchSize, Duration patience)
    implements Serializable {

  /** The values given; empty when nothing shall be stored. */
  public static Optional<StoreConfig> from(Settings settings) {
    String url = settings.get(StoreOptions.URL);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new StoreConfig(
            new StoreAccess(
                url,
                settings.get(StoreOptions.USER),
                settings.get(StoreOptions.PASSWORD_FILE),
                settings.get(StoreOptions.ANSWER_TIMEOUT)),
            settings.get(StoreOptions.MIGRATE),
            settings.get(StoreOptions.BATCH_SIZE),
            settings.get(StoreOptions.PATIENCE)));
  }
}
