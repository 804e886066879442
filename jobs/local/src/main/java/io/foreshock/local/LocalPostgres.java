package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One PostgreSQL server on this machine, from the installed package, in a process of its own, with
 * its own data folder.
 *
 * <pre>{@code
 * try (LocalPostgres postgres = LocalPostgres.start(folder)) {
 *   … postgres.jdbcUrl(), postgres.user(), postgres.password() …
 * }
 * }</pre>
 *
 * <p>Data, port and password stay the same over {@link #stop()}, {@link #kill()} and {@link
 * #restart()}. The server ends when this process ends, however it ends. It does not wait for the
 * disk ({@code fsync = off}): what it said to have stored outlives its own death, not that of the
 * machine. Not thread-safe.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final String USER = "foreshock";
  private static final String DATABASE = "foreshock";

  /**
   * Runs a program in a session of its own (Ctrl-C does not reach it) and ends it when standard
   * input closes, which is when the parent has ended.
   */
  private static final String WATCHED =
      "trap '' INT; exec 3<&0; (cat <&3 >/dev/null; kill -QUIT $$) >/dev/null 2>&1 &"
          + " exec setsid \"$@\" </dev/null 3<&-";

  private final PostgresPrograms programs;
  private final Path logs;
  private final Path home;
  private final int port;
  private final String password;
  private ChildProcess server;

  private LocalPostgres(PostgresPrograms programs, Path folder) {
    this.programs = programs;
    this.logs = folder.resolve("logs");
    this.port = FreePorts.next();
    this.password = UUID.randomUUID().toString();
    this.home = makeHome(folder);
  }

  /** Why no server can be started here, with the package to install; empty when one can. */
  public static Optional<String> missing() {
    return PostgresPrograms.find().isPresent()
        ? Optional.empty()
        : Optional.of(
            "No PostgreSQL server found (initdb, postgres and psql, on the path or in"
                + " /usr/lib/postgresql). Install the Debian package postgresql, or name the folder"
                + " of its programs with -D"
                + PostgresPrograms.BIN_PROPERTY
                + "=….");
  }

  /**
   * Creates an empty database and returns when the server answers.
   *
   * @param folder where logs go, and the data; root's folders are closed to the user that the
   *     server runs as, so root's data go to a temporary folder that {@link #close()} removes
   * @throws LocalClusterException when no server is installed or it does not start
   */
  public static LocalPostgres start(Path folder) {
    PostgresPrograms programs =
        PostgresPrograms.find().orElseThrow(() -> new LocalClusterException(missing().get()));
    LocalPostgres postgres = new LocalPostgres(programs, folder.toAbsolutePath());
    try {
      postgres.initialise();
      postgres.launch();
      postgres.query("postgres", "CREATE DATABASE " + DATABASE);
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
    return postgres;
  }

  /** Address for clients; user and password are not part of it. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  /** Owner of the server: may do everything. */
  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** Process id of the server's first process, the parent of all others. */
  public long pid() {
    return server.pid();
  }

  /** True while the server's first process lives. */
  public boolean isAlive() {
    return server != null && server.isAlive();
  }

  /** Folder of the log: {@code postgres.out}. */
  public Path logs() {
    return logs;
  }

  /**
   * Asks the server with its own client.
   *
   * @return a line for each row, columns separated by {@code |}, no header
   * @throws LocalClusterException with what the server said
   */
  public List<String> query(String sql) {
    return query(DATABASE, sql);
  }

  /** Stops the server cleanly, cutting off its clients; the data stay. */
  public void stop() {
    // Fast shutdown; the gentle one would wait for every client to leave.
    PostgresPrograms.run(List.of("kill", "-INT", Long.toString(server.pid())), Map.of(), "");
    server.awaitEnd(STOP_LIMIT);
    server.stop(STOP_LIMIT);
  }

  /** Kills the server as a power cut would ({@code kill -9}); the data stay. */
  public void kill() {
    server.kill();
  }

  /**
   * Starts the server again after {@link #stop()} or {@link #kill()}, on the same data and port.
   */
  public void restart() {
    if (isAlive()) {
      throw new IllegalStateException("PostgreSQL is running. Stop or kill it first.");
    }
    launch();
  }

  /** Kills the server and removes its data. */
  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
    Await.until("removal of " + home, STOP_LIMIT, this::removeData);
  }

  private void initialise() {
    Path secret = home.resolve("password");
    try {
      Files.writeString(secret, password);
      PostgresPrograms.giveToServerUser(secret);
      List<String> command =
          List.of(
              programs.path("initdb"),
              "--pgdata=" + data(),
              "--username=" + USER,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C.UTF-8",
              "--no-sync");
      PostgresPrograms.run(PostgresPrograms.asServerUser(command), Map.of(), "");
      Files.delete(secret);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", WATCHED, "sh"));
    command.addAll(
        PostgresPrograms.asServerUser(
            List.of(
                programs.path("postgres"),
                "-D",
                data().toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "max_connections=60",
                "-c",
                "timezone=UTC")));
    server = ChildProcess.startProgram("postgres", logs, Map.of(), command);
    try {
      Await.until("PostgreSQL", START_LIMIT, this::answers, server::obituary);
    } catch (RuntimeException e) {
      server.kill();
      throw e;
    }
  }

  private boolean answers() {
    query("postgres", "SELECT 1");
    return true;
  }

  private List<String> query(String database, String sql) {
    List<String> command =
        List.of(
            programs.path("psql"),
            "--host=127.0.0.1",
            "--port=" + port,
            "--username=" + USER,
            "--dbname=" + database,
            "--no-psqlrc",
            "--no-password",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--quiet",
            "--file=-");
    return PostgresPrograms.run(
            command, Map.of("PGPASSWORD", password, "PGCONNECT_TIMEOUT", "5"), sql)
        .lines()
        .toList();
  }

  /** Folder that holds the data. */
  Path home() {
    return home;
  }

  private Path data() {
    return home.resolve("data");
  }

  /** Where the data go. */
  private Path makeHome(Path folder) {
    try {
      Files.createDirectories(logs);
      if (!PostgresPrograms.isRoot()) {
        return Files.createDirectories(folder.resolve("postgres"));
      }
      Path own = Files.createTempDirectory("foreshock-postgres-");
      PostgresPrograms.giveToServerUser(own);
      return own;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Orphaned processes of a killed server may still write a last file for some milliseconds. */
  private boolean removeData() throws IOException {
    remove(home);
    return true;
  }

  static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
