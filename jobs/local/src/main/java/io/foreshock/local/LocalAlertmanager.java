package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One Prometheus Alertmanager on this machine, from the installed package, in a process of its own.
 *
 * <p>It tells a webhook of what it would tell people. Port and data folder stay the same over
 * {@link #kill()} and {@link #restart()}; alerts do not, Alertmanager keeps them in memory. It ends
 * when this process ends, however it ends. Not thread-safe.
 */
public final class LocalAlertmanager implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final String DEBIAN_NAME = "prometheus-alertmanager";
  private static final List<Path> PROGRAMS =
      List.of(Path.of("/usr/bin", DEBIAN_NAME), Path.of("/usr/local/bin/alertmanager"));

  private final Path folder;
  private final URI webhook;
  private final int port = FreePorts.next();
  private final HttpClient client = HttpClient.newHttpClient();
  private ChildProcess process;

  private LocalAlertmanager(Path folder, URI webhook) {
    this.folder = folder.toAbsolutePath();
    this.webhook = webhook;
  }

  /** Why none can be started here, with the package to install; empty when one can. */
  public static Optional<String> missing() {
    return program().isPresent()
        ? Optional.empty()
        : Optional.of(
            "No Alertmanager found (prometheus-alertmanager or alertmanager, in /usr/bin or on the path). Install the"
                + " Debian package prometheus-alertmanager.");
  }

  /**
   * Starts one and returns when it answers.
   *
   * @param folder where data, settings and logs go; created when absent, never emptied
   * @param webhook told of every alert at once
   * @throws LocalClusterException when none is installed or it does not start
   */
  public static LocalAlertmanager start(Path folder, URI webhook) {
    LocalAlertmanager alertmanager = new LocalAlertmanager(folder, webhook);
    alertmanager.launch();
    return alertmanager;
  }

  /** Base address, e.g. {@code http://127.0.0.1:21734}. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The alerts that it takes for open, as the JSON of its API. */
  public String alerts() throws IOException {
    return get("/api/v2/alerts");
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Kills it as a power cut would ({@code kill -9}). */
  public void kill() {
    process.kill();
  }

  /** Starts it again after {@link #kill()}, on the same port, without its alerts. */
  public void restart() {
    if (isAlive()) {
      throw new IllegalStateException("Alertmanager is running. Kill it first.");
    }
    launch();
  }

  @Override
  public void close() {
    if (isAlive()) {
      process.terminate();
      process.awaitEnd(STOP_LIMIT);
      process.stop(STOP_LIMIT);
    }
  }

  private void launch() {
    String program =
        program().orElseThrow(() -> new LocalClusterException(missing().orElseThrow())).toString();
    Path configuration = folder.resolve("alertmanager.yml");
    try {
      Files.createDirectories(folder.resolve("data"));
      Files.writeString(configuration, configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process =
        ChildProcess.startWatched(
            "alertmanager",
            folder,
            List.of(
                program,
                "--config.file=" + configuration,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                // No cluster: it would look for the machine's public address.
                "--cluster.listen-address="));
    try {
      Await.until("Alertmanager", START_LIMIT, () -> !get("/-/ready").isEmpty(), process::obituary);
    } catch (RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  private String get(String path) throws IOException {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url() + path))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("HTTP " + answer.statusCode() + ": " + answer.body());
      }
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private String configuration() {
    return """
        route:
          receiver: test
          group_by: ['...']
          group_wait: 0s
          group_interval: 1s
          repeat_interval: 1h
        receivers:
          - name: test
            webhook_configs:
              - url: %s
                send_resolved: true
        """
        .formatted(webhook);
  }

  private static Optional<Path> program() {
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .filter(entry -> !entry.isEmpty())
            .flatMap(entry -> Stream.of(DEBIAN_NAME, "alertmanager").map(n -> Path.of(entry, n)));
    return Stream.concat(PROGRAMS.stream(), onPath).filter(Files::isExecutable).findFirst();
  }
}
