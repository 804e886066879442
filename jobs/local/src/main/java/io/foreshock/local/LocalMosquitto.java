package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * One Mosquitto, an MQTT broker, on this machine, from the installed package, in a process of its
 * own.
 *
 * <p>It keeps any number of messages for sessions that are away. Port, users and what it had stored
 * stay the same over {@link #stop()}, {@link #kill()} and {@link #restart()}; it stores at a stop,
 * not at a kill, unless {@code autosave_on_changes} is set. It ends when this process ends, however
 * it ends. Not thread-safe.
 */
public final class LocalMosquitto implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final List<Path> PROGRAMS =
      List.of(
          Path.of("/usr/sbin/mosquitto"),
          Path.of("/usr/local/sbin/mosquitto"),
          Path.of("/opt/homebrew/sbin/mosquitto"));

  private final Builder settings;
  private final Path folder;
  private final int port = FreePorts.next();
  private ChildProcess broker;

  private LocalMosquitto(Builder settings) {
    this.settings = settings;
    this.folder = settings.folder;
  }

  /** Why no broker can be started here, with the package to install; empty when one can. */
  public static Optional<String> missing() {
    return program().isPresent()
        ? Optional.empty()
        : Optional.of(
            "No MQTT broker found (mosquitto, in /usr/sbin or on the path). Install the Debian package mosquitto.");
  }

  /**
   * Begins to describe a broker.
   *
   * @param folder where data, settings and logs go; created when absent, never emptied
   */
  public static Builder at(Path folder) {
    return new Builder(folder.toAbsolutePath());
  }

  /** Address for clients, e.g. {@code mqtt://127.0.0.1:21734}, {@code mqtts://…} with TLS. */
  public String url() {
    return (settings.certificate == null ? "mqtt" : "mqtts") + "://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  /** Process id of the broker. */
  public long pid() {
    return broker.pid();
  }

  public boolean isAlive() {
    return broker != null && broker.isAlive();
  }

  /** Folder of {@code mosquitto.out}, where the broker says what each client does. */
  public Path logs() {
    return folder.resolve("logs");
  }

  /** Stops the broker cleanly; sessions and their messages stay. */
  public void stop() {
    broker.terminate();
    broker.awaitEnd(STOP_LIMIT);
    broker.stop(STOP_LIMIT);
  }

  /** Kills the broker as a power cut would ({@code kill -9}). */
  public void kill() {
    broker.kill();
  }

  /** Starts the broker again after {@link #stop()} or {@link #kill()}, on the same port. */
  public void restart() {
    if (isAlive()) {
      throw new IllegalStateException("Mosquitto is running. Stop or kill it first.");
    }
    launch();
  }

  @Override
  public void close() {
    if (isAlive()) {
      stop();
    }
  }

  private void launch() {
    String program =
        program().orElseThrow(() -> new LocalClusterException(missing().orElseThrow())).toString();
    Path configuration = folder.resolve("mosquitto.conf");
    try {
      Files.createDirectories(logs());
      Files.createDirectories(folder.resolve("data"));
      Files.writeString(configuration, configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    broker =
        ChildProcess.startWatched(
            "mosquitto", logs(), List.of(program, "-c", configuration.toString()));
    try {
      Await.until("Mosquitto", START_LIMIT, this::answers, broker::obituary);
    } catch (RuntimeException e) {
      broker.kill();
      throw e;
    }
    settings.progress.say("Mosquitto is ready on " + url());
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  private String configuration() throws IOException {
    List<String> lines = new ArrayList<>();
    // Started as root it would become another user, who cannot write here.
    lines.add("user " + System.getProperty("user.name"));
    lines.add("log_dest stdout");
    lines.add("log_type all");
    lines.add("persistence true");
    lines.add("persistence_location " + folder.resolve("data") + "/");
    lines.add("max_queued_messages 1000000");
    lines.add("sys_interval 0");
    lines.add("allow_anonymous " + settings.users.isEmpty());
    settings.properties.forEach((key, value) -> lines.add(key + " " + value));
    if (!settings.users.isEmpty()) {
      Path users = folder.resolve("users");
      Files.write(
          users,
          settings.users.entrySet().stream().map(u -> entry(u.getKey(), u.getValue())).toList());
      lines.add("password_file " + users);
    }
    lines.add("listener " + port + " 127.0.0.1");
    if (settings.certificate != null) {
      lines.add("certfile " + settings.certificate);
      lines.add("keyfile " + settings.key);
    }
    if (settings.clientAuthority != null) {
      lines.add("cafile " + settings.clientAuthority);
      lines.add("require_certificate true");
    }
    return String.join("\n", lines) + "\n";
  }

  /** A line of a password file as {@code mosquitto_passwd} of Mosquitto 2 writes it. */
  private static String entry(String user, String password) {
    int iterations = 101;
    byte[] salt = new byte[12];
    new SecureRandom().nextBytes(salt);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 512))
              .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return "%s:$7$%d$%s$%s"
          .formatted(user, iterations, base64.encodeToString(salt), base64.encodeToString(hash));
    } catch (GeneralSecurityException e) {
      throw new LocalClusterException("Cannot hash a password.", e);
    }
  }

  private static Optional<Path> program() {
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry, "mosquitto"));
    return Stream.concat(PROGRAMS.stream(), onPath).filter(Files::isExecutable).findFirst();
  }

  /** What the broker shall be like. */
  public static final class Builder {
    private final Path folder;
    private final Map<String, String> users = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private Path certificate;
    private Path key;
    private Path clientAuthority;
    private Progress progress = Progress.NONE;

    private Builder(Path folder) {
      this.folder = folder;
    }

    /** A user who may connect. With none, everybody may. */
    public Builder user(String name, String password) {
      users.put(name, password);
      return this;
    }

    /** TLS only, with this certificate; PEM files. */
    public Builder tls(Path certificate, Path key) {
      this.certificate = certificate;
      this.key = key;
      return this;
    }

    /** Clients must show a certificate of this authority; PEM file. Needs {@link #tls}. */
    public Builder clientsOf(Path authority) {
      this.clientAuthority = authority;
      return this;
    }

    /** Sets a general property of {@code mosquitto.conf}. */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /** Who is told what happens; default: nobody. */
    public Builder progress(Progress progress) {
      this.progress = progress;
      return this;
    }

    /**
     * Starts the broker and returns when it answers.
     *
     * @throws LocalClusterException when none is installed or it does not start
     */
    public LocalMosquitto start() {
      LocalMosquitto mosquitto = new LocalMosquitto(this);
      mosquitto.launch();
      return mosquitto;
    }
  }
}
