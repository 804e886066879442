package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One schema registry on this machine, in a process of its own: Apicurio, as it is published on
 * Maven Central ({@code io.apicurio:apicurio-registry-app}, classifier {@code all}).
 *
 * <p>Address and schemas stay the same over {@link #stop()}, {@link #kill()} and {@link
 * #restart()}: they are in a file. The registry ends when this process ends, however it ends. Not
 * thread-safe.
 */
public final class LocalSchemaRegistry implements AutoCloseable {
  /** System property that names the archive, a {@code .tar.gz}; set by the build of tests. */
  public static final String ARCHIVE_PROPERTY = "foreshock.schema-registry.archive";

  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final String MAIN = "io.quarkus.runner.GeneratedMain";

  private final Path folder;
  private final Path program;
  private final int port = FreePorts.next();
  private ChildProcess registry;

  private LocalSchemaRegistry(Path folder) {
    this.folder = folder.toAbsolutePath();
    this.program = this.folder.resolve("program");
  }

  /** Why no registry can be started here; empty when one can. */
  public static Optional<String> missing() {
    return archive().isPresent()
        ? Optional.empty()
        : Optional.of(
            "No schema registry: -D"
                + ARCHIVE_PROPERTY
                + " names no file. Maven sets it and downloads the archive"
                + " (io.apicurio:apicurio-registry-app, classifier all) when it runs the tests of jobs/e2e.");
  }

  /**
   * Unpacks the registry, starts it and returns when it answers.
   *
   * @param folder where program, data and logs go; created when absent
   * @throws LocalClusterException when there is no archive or it does not start
   */
  public static LocalSchemaRegistry start(Path folder) {
    Path archive = archive().orElseThrow(() -> new LocalClusterException(missing().orElseThrow()));
    LocalSchemaRegistry registry = new LocalSchemaRegistry(folder);
    registry.unpack(archive);
    registry.launch();
    return registry;
  }

  /** Address for clients, with the path under which Confluent's interface is. */
  public String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  public boolean isAlive() {
    return registry != null && registry.isAlive();
  }

  /** Stops the registry cleanly. */
  public void stop() {
    registry.stop(STOP_LIMIT);
  }

  /** Kills the registry as a power cut would ({@code kill -9}). */
  public void kill() {
    registry.kill();
  }

  /** Starts the registry again, on the same port and data. */
  public void restart() {
    if (isAlive()) {
      throw new IllegalStateException("The schema registry is running. Stop or kill it first.");
    }
    launch();
  }

  @Override
  public void close() {
    if (isAlive()) {
      stop();
    }
  }

  private void unpack(Path archive) {
    try {
      Files.createDirectories(program);
      Files.createDirectories(folder.resolve("logs"));
      Process tar =
          new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", program.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("logs/unpack.out").toFile())
              .start();
      if (tar.waitFor() != 0) {
        throw new LocalClusterException(
            "Cannot unpack "
                + archive
                + ": "
                + Files.readString(folder.resolve("logs/unpack.out")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("Interrupted while unpacking " + archive + ".", e);
    }
  }

  private void launch() {
    registry =
        ChildProcess.start(
            "schema-registry",
            folder.resolve("logs"),
            Map.of(),
            List.of(ClassPath.ownClasses(), runner()),
            List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.datasource.jdbc.url=jdbc:h2:file:"
                    + folder.resolve("data/registry")
                    + ";WRITE_DELAY=0",
                "-Dquarkus.datasource.jdbc.initial-size=2",
                "-Dquarkus.datasource.jdbc.min-size=1"),
            List.of(MAIN));
    try {
      Await.until("the schema registry", START_LIMIT, this::answers, registry::obituary);
    } catch (RuntimeException e) {
      registry.kill();
      throw e;
    }
  }

  private boolean answers() throws IOException, InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(url() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    return HttpClient.newHttpClient()
            .send(question, HttpResponse.BodyHandlers.discarding())
            .statusCode()
        == 200;
  }

  /** The jar whose manifest names all others. */
  private Path runner() {
    try (Stream<Path> files = Files.list(program)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(
              () -> new LocalClusterException(program + " holds no jar that ends in -runner.jar."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> archive() {
    return Optional.ofNullable(System.getProperty(ARCHIVE_PROPERTY))
        .map(Path::of)
        .filter(Files::isRegularFile);
  }
}
