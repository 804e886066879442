package io.foreshock.chaos;

import io.foreshock.chaos.truth.Lines;
import io.foreshock.local.LocalPostgres;
import io.foreshock.local.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Rows in a real PostgreSQL. */
final class PostgresStore implements Store {
  private static final String READINGS =
      """
      SELECT tenant, device_id, channel, (extract(epoch FROM event_time) * 1000)::bigint,
             (extract(epoch FROM append_time) * 1000)::bigint, backlog, value
      FROM foreshock.readings
      """;
  private static final String FAULT_CODES =
      """
      SELECT tenant, device_id, code, (extract(epoch FROM event_time) * 1000)::bigint,
             (extract(epoch FROM append_time) * 1000)::bigint, backlog
      FROM foreshock.fault_codes
      """;

  private final LocalPostgres server;
  private final Path password;

  private PostgresStore(LocalPostgres server, Path password) {
    this.server = server;
    this.password = password;
  }

  /** Starts a server; empty, with a word to people, where none is installed. */
  static Optional<Store> start(Path folder, Progress progress) {
    Optional<String> missing = LocalPostgres.missing();
    if (missing.isPresent()) {
      progress.say(missing.get() + " Rows in PostgreSQL are not compared.");
      return Optional.empty();
    }
    LocalPostgres server = LocalPostgres.start(folder.resolve("postgres"));
    try {
      Path password = Files.writeString(folder.resolve("postgres-password"), server.password());
      return Optional.of(new PostgresStore(server, password));
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public List<String> jobOptions() {
    return List.of(
        "store.url=" + server.jdbcUrl(),
        "store.user=" + server.user(),
        "store.password=${file:" + password + "}",
        "store.migrate=true");
  }

  @Override
  public long count() {
    return Long.parseLong(
        server
            .query(
                "SELECT (SELECT count(*) FROM foreshock.readings)"
                    + " + (SELECT count(*) FROM foreshock.fault_codes)")
            .get(0));
  }

  @Override
  public Lines read() {
    Lines rows = Lines.unordered();
    for (String row : server.query(READINGS)) {
      String[] c = row.split("\\|", -1);
      rows.add(
          Lines.device(c[0], c[1]),
          Lines.reading(
              c[2],
              Double.parseDouble(c[6]),
              Long.parseLong(c[3]),
              c[5].equals("t"),
              Long.parseLong(c[4])));
    }
    for (String row : server.query(FAULT_CODES)) {
      String[] c = row.split("\\|", -1);
      rows.add(
          Lines.device(c[0], c[1]),
          Lines.faultCode(c[2], Long.parseLong(c[3]), c[5].equals("t"), Long.parseLong(c[4])));
    }
    return rows;
  }

  @Override
  public void close() {
    server.close();
  }
}
