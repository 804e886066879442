package io.foreshock.store;

import io.foreshock.local.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Assumptions;

/** A real server for tests, with a file of its password. */
final class Database implements AutoCloseable {
  final LocalPostgres server;
  private final Path passwordFile;

  private Database(LocalPostgres server, Path passwordFile) {
    this.server = server;
    this.passwordFile = passwordFile;
  }

  /** Starts a server; skips the test where none is installed, but not in CI. */
  static Database start(Path folder) throws IOException {
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(
          LocalPostgres.missing().isEmpty(), () -> LocalPostgres.missing().orElse(""));
    }
    LocalPostgres server = LocalPostgres.start(folder);
    Path passwordFile = folder.resolve("store-password");
    Files.writeString(passwordFile, server.password() + "\n");
    return new Database(server, passwordFile);
  }

  StoreAccess access() {
    return new StoreAccess(
        server.jdbcUrl(), server.user(), passwordFile.toString(), Duration.ofSeconds(10));
  }

  StoreConfig config() {
    return new StoreConfig(access(), true, 50, Duration.ofMinutes(1));
  }

  /** Removes everything that earlier tests left. */
  void empty() throws SQLException {
    execute("DROP SCHEMA IF EXISTS foreshock CASCADE");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = access().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> query(String sql) throws SQLException {
    return query(server.user(), server.password(), sql);
  }

  /** A line for each row, columns separated by {@code |}. */
  List<String> query(String user, String password, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), user, password);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringJoiner row = new StringJoiner("|");
        for (int column = 1; column <= columns; column++) {
          row.add(String.valueOf(result.getObject(column)));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  @Override
  public void close() {
    server.close();
  }
}
