package io.foreshock.store;

import io.foreshock.runtime.kafka.security.SecretReference;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * How to reach the database. The password is read each time a connection is made: it is in no job
 * graph, and a new one counts without a restart.
 *
 * @param url JDBC address without a password
 * @param user role
 * @param password where the password stands, as {@link SecretReference} reads it; empty for none
 * @param answerTimeout how long the database may take to connect or to answer a statement
 */
public record StoreAccess(String url, String user, String password, Duration answerTimeout)
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
    try {
      SecretReference.parse(password)
          .ifPresent(secret -> PGProperty.PASSWORD.set(properties, secret.resolve()));
    } catch (SecretReference.Missing e) {
      throw new SQLException("store.password: " + e.getMessage(), "28000", e);
    }
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("This is no address of PostgreSQL: " + url, "28000");
    }
    return connection;
  }
}
