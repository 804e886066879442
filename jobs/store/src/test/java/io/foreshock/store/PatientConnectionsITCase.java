package io.foreshock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foreshock.local.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientConnectionsITCase {
  private static final StoreAccess NOWHERE =
      new StoreAccess("jdbc:postgresql://127.0.0.1:1/x", "job", "", Duration.ofSeconds(2));

  @Test
  void givesUpAfterItsPatienceAndNamesTheDatabase() {
    PatientConnections connections = new PatientConnections(NOWHERE, Duration.ofMillis(250));
    assertThatThrownBy(connections::getOrEstablishConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("The store cannot be reached since 0 s")
        .hasMessageContaining("store.url=jdbc:postgresql://127.0.0.1:1/x, store.user=job");
  }

  @Test
  void cancellingEndsTheWait() throws Exception {
    PatientConnections connections = new PatientConnections(NOWHERE, Duration.ofHours(1));
    CompletableFuture<SQLException> outcome = new CompletableFuture<>();
    Thread task =
        new Thread(
            () ->
                outcome.complete(
                    catchThrowableOfType(
                        SQLException.class, connections::getOrEstablishConnection)));
    task.start();
    Await.until(
        "the wait", Duration.ofSeconds(20), () -> task.getState() == Thread.State.TIMED_WAITING);
    task.interrupt();
    assertThat((Throwable) outcome.get(20, TimeUnit.SECONDS)).hasMessageContaining("Interrupted");
  }

  @Test
  void waitsForTheServerButNotForARightItWillNeverHave(@TempDir Path folder) throws Exception {
    try (Database database = Database.start(folder)) {
      database.server.kill();
      PatientConnections connections =
          new PatientConnections(database.access(), Duration.ofMinutes(1));
      CompletableFuture<Connection> made =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return connections.getOrEstablishConnection();
                } catch (SQLException e) {
                  throw new AssertionError(e);
                }
              });
      database.server.restart();
      assertThat(made.get(60, TimeUnit.SECONDS).isValid(5)).isTrue();
      connections.closeConnection();

      StoreAccess wrong =
          new StoreAccess(
              database.server.jdbcUrl(), "nobody", "${env:PATH}", Duration.ofSeconds(2));
      assertThatThrownBy(
              () -> new PatientConnections(wrong, Duration.ofHours(1)).getOrEstablishConnection())
          .hasMessageContaining("password authentication failed");
      answersInTime(database);
    }
  }

  /** A server that hangs is given up, and that counts as being away. */
  private static void answersInTime(Database database) throws SQLException {
    StoreAccess impatient =
        new StoreAccess(
            database.server.jdbcUrl(),
            database.server.user(),
            database.access().password(),
            Duration.ofSeconds(1));
    try (Connection connection = impatient.connect();
        Statement statement = connection.createStatement()) {
      SQLException e =
          catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(600)"));
      assertThat(PatientConnections.isAway(e)).as(e.getSQLState()).isTrue();
      assertThat(connection.isValid(1)).isFalse();
    }
  }
}
