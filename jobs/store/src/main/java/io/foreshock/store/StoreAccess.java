package io.foreshock.store;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * How to reach the database. The password is read from a file or the environment each time a
 * connection is made: it is in no job graph, and a new one counts without a restart.
 *
 * @param url JDBC address without a password; what it says about time-outs counts
 * @param user role
 * @param passwordFile file of the password; empty for the environment variable {@value
 *     StoreOptions#PASSWORD_VARIABLE}
 * @param answerTimeout how long the database may take to connect or to answer a statement
 */
public record StoreAccess(String url, String user, String passwordFile, Duration answerTimeout)
    implements Serializable {

  /**
   * Opens a connection of its own.
   *
   * @throws SQLException when the database does not answer or refuses
   */
  public Connection connect() throws SQLException {
    return connect(answerTimeout);
  }

  /** The same, for statements that may take longer. */
  Connection connect(Duration statementTimeout) throws SQLException {
    Properties properties = new Properties();
    String seconds = String.valueOf(Math.max(1, answerTimeout.toSeconds()));
    PGProperty.USER.set(properties, user);
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
    PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, String.valueOf(statementTimeout.toSeconds()));
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.APPLICATION_NAME.set(properties, "foreshock");
    // Statements live as long as the connection: plan them on the server at once.
    PGProperty.PREPARE_THRESHOLD.set(properties, 1);
    String password = password();
    if (password != null) {
      PGProperty.PASSWORD.set(properties, password);
    }
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("store.url is not an address of PostgreSQL: " + url, "08001");
    }
    return connection;
  }

  /** Null when there is none; the driver then looks into the user's own password file. */
  private String password() throws SQLException {
    if (passwordFile.isEmpty()) {
      return System.getenv(StoreOptions.PASSWORD_VARIABLE);
    }
    try {
      return Files.readString(Path.of(passwordFile)).strip();
    } catch (IOException e) {
      throw new SQLException(
          "The password of the store cannot be read from store.password-file="
              + passwordFile
              + ": "
              + e.getMessage()
              + ". The file must be on every TaskManager and where the job is submitted.",
          "28000",
          e);
    }
  }
}
