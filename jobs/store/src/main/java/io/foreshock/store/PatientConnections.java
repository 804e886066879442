package io.foreshock.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of one task, which waits for a database that is away.
 *
 * <p>The connector gives up at the first connection that fails, and the whole job restarts; here
 * the task waits in place, with growing pauses, and what it holds stays with it. Cancelling the job
 * interrupts the wait.
 */
final class PatientConnections implements JdbcConnectionProvider {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PatientConnections.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final StoreAccess access;
  private final Duration patience;
  private transient Connection connection;

  PatientConnections(StoreAccess access, Duration patience) {
    this.access = access;
    this.patience = patience;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public boolean isConnectionValid() throws SQLException {
    return connection != null && connection.isValid((int) access.answerTimeout().toSeconds());
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException {
    if (connection == null) {
      connection = await();
    }
    return connection;
  }

  @Override
  public Connection reestablishConnection() throws SQLException {
    LOG.warn(
        "The store ended the connection or did not answer within {} s (store.answer-timeout); what was sent together"
            + " is sent again on a new one. If this repeats while the database is up, storing it takes longer than"
            + " that: lower store.batch-size or raise store.answer-timeout.",
        access.answerTimeout().toSeconds());
    closeConnection();
    return getOrEstablishConnection();
  }

  @Override
  public void closeConnection() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("A connection that is no longer needed could not be closed.", e);
      }
      connection = null;
    }
  }

  private Connection await() throws SQLException {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE.toMillis();
    while (true) {
      try {
        Connection made = access.connect();
        if (pause > FIRST_PAUSE.toMillis()) {
          LOG.info("The store answers again after {} ms.", elapsed(begin).toMillis());
        }
        return made;
      } catch (SQLException e) {
        if (!isAway(e) || elapsed(begin).compareTo(patience) >= 0) {
          throw new SQLException(
              "The store cannot be reached since %d s (store.url=%s, store.user=%s): %s"
                  .formatted(
                      elapsed(begin).toSeconds(), access.url(), access.user(), e.getMessage()),
              e.getSQLState(),
              e);
        }
        LOG.warn(
            "The store is away: {}. Waiting up to {} s (store.patience); nothing is lost, no checkpoint completes.",
            e.getMessage(),
            patience.minus(elapsed(begin)).toSeconds());
      }
      pause(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE.toMillis());
    }
  }

  /**
   * Whether waiting may help: no connection (class 08), no resources such as connections (53), the
   * server starts, stops or recovers (57P).
   */
  static boolean isAway(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
  }

  private static void pause(long millis) throws SQLException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while waiting for the store.", "57014", e);
    }
  }

  private static Duration elapsed(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
