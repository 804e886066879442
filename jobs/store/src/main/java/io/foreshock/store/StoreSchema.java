package io.foreshock.store;

import io.foreshock.runtime.StartRefused;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateOutput;

/** The schema in the database: brings it up to date, and says when it is not. */
public final class StoreSchema {
  /** Where tables, functions and the history of migrations are. */
  public static final String NAME = "foreshock";

  private static final String HISTORY = "schema_history";
  private static final String MIGRATIONS = "classpath:io/foreshock/store/migration";

  private StoreSchema() {}

  /**
   * Before a job starts: migrates when the configuration says so, checks otherwise. A database that
   * is away is no reason to refuse, for the tasks wait for it; but it cannot be migrated.
   *
   * @param warnings told what does not stop the job
   * @throws StartRefused when the schema is missing or too old, or access is denied
   */
  public static void prepare(StoreConfig config, Consumer<String> warnings) {
    try {
      config.access().connect().close();
    } catch (SQLException e) {
      if (config.migrate() || !PatientConnections.isAway(e)) {
        throw refusal(config.access(), e);
      }
      warnings.accept(
          "The store is away (store.url=%s): %s. Its schema could not be checked; the tasks wait for it."
              .formatted(config.access().url(), e.getMessage()));
      return;
    }
    if (config.migrate()) {
      migrate(config.access());
    } else {
      check(config.access());
    }
  }

  /**
   * Brings the schema up to date. Several may do this at once; one does the work, the others wait.
   *
   * @return the migrations that were applied, e.g. {@code 1 telemetry}; empty when it was up to
   *     date
   * @throws StartRefused naming what the database said
   */
  public static List<String> migrate(StoreAccess access) {
    List<String> applied = new ArrayList<>();
    try {
      access.connect().close();
      for (MigrateOutput migration : flyway(access).migrate().migrations) {
        applied.add(migration.version + " " + migration.description);
      }
    } catch (SQLException | FlywayException e) {
      throw refusal(access, e);
    }
    return applied;
  }

  /** Versions that the database lacks, in order. */
  public static List<String> missing(StoreAccess access) {
    List<String> missing = new ArrayList<>();
    try {
      for (MigrationInfo migration : flyway(access).info().pending()) {
        missing.add(migration.getVersion() + " " + migration.getDescription());
      }
    } catch (FlywayException e) {
      throw refusal(access, e);
    }
    return missing;
  }

  private static void check(StoreAccess access) {
    List<String> missing = missing(access);
    if (!missing.isEmpty()) {
      throw new StartRefused(
          "The schema of the store (store.url=%s) lacks the migrations %s. Run `foreshock store migrate --url %s`, or set store.migrate=true."
              .formatted(access.url(), String.join(", ", missing), access.url()));
    }
  }

  private static Flyway flyway(StoreAccess access) {
    return Flyway.configure(StoreSchema.class.getClassLoader())
        .dataSource(new OneAtATime(access))
        .schemas(NAME)
        .table(HISTORY)
        .locations(MIGRATIONS)
        .placeholderReplacement(false)
        // A newer release may have migrated already; its changes keep this one running.
        .ignoreMigrationPatterns("*:future")
        .load();
  }

  private static StartRefused refusal(StoreAccess access, Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new StartRefused(
        List.of(
            "The store cannot be used (store.url=%s, store.user=%s): %s. Check the address, the role and its password (store.password-file, or the variable %s)."
                .formatted(
                    access.url(),
                    access.user(),
                    String.valueOf(cause.getMessage()).strip().replaceAll("\\.$", ""),
                    StoreOptions.PASSWORD_VARIABLE)),
        e);
  }

  /** Connections for Flyway, with the password read when they are made. */
  private record OneAtATime(StoreAccess access) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
      // A migration may rewrite a table, which takes longer than storing a batch.
      return access.connect(Duration.ofHours(6));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return getConnection();
    }

    @Override
    public java.io.PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(java.io.PrintWriter out) {
      // Nothing is written.
    }

    @Override
    public void setLoginTimeout(int seconds) {
      // The configuration decides.
    }

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getLogger("io.foreshock.store");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      throw new SQLException("Not a " + type + ".");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }
}
