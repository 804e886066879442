package io.foreshock.cli.kafka;

import io.foreshock.cli.CliFailure;
import io.foreshock.runtime.kafka.security.KafkaRefusal;
import io.foreshock.runtime.kafka.security.SecretProvider;
import io.foreshock.runtime.kafka.security.SecretReference;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import picocli.CommandLine.Option;

/**
 * Which Kafka a command talks to, and who it is to it; a mixin of every command that does.
 *
 * <p>The file of {@code --kafka-config} is the one that Kafka's own tools take ({@code
 * --command-config}). It may hold secrets or name them, as {@code ${env:NAME}} and {@code
 * ${file:/path}}.
 */
public final class KafkaConnection {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers of the installation.")
  private String servers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = {
        "Properties of Kafka clients, for TLS and user names, as Kafka's own tools take them."
            + " $${env:NAME} and $${file:/path} stand for secrets."
      })
  private Path file;

  private Map<String, String> properties;

  /** Something to ask of Kafka. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
  }

  /** Whether a broker is named, here or in the file. */
  public boolean given() {
    return servers != null || file != null && properties().containsKey("bootstrap.servers");
  }

  /**
   * Addresses of brokers.
   *
   * @throws CliFailure when none are given
   */
  public String servers() {
    if (!given()) {
      throw CliFailure.wrongInput(
          "--bootstrap-servers is missing. Name a Kafka broker, e.g. broker-1:9092.");
    }
    return servers != null ? servers : properties().get("bootstrap.servers");
  }

  /**
   * Properties for a client of any kind, secrets as references; add what the client is about.
   *
   * @throws CliFailure when the file cannot be read or a secret is missing
   */
  public Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>(SecretProvider.prepare(properties()));
    client.put("bootstrap.servers", servers());
    return client;
  }

  /**
   * Asks Kafka; gives up after ten seconds of silence.
   *
   * @throws CliFailure in one sentence: exit code 2 when Kafka does not let this client in, 1 when
   *     it does not answer
   */
  public <T> T ask(Question<T> question) {
    Map<String, Object> client = client();
    client.putIfAbsent("default.api.timeout.ms", String.valueOf(PATIENCE.toMillis()));
    client.putIfAbsent("request.timeout.ms", String.valueOf(PATIENCE.toMillis() / 2));
    try (Admin admin = Admin.create(client)) {
      return question.ask(admin);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliFailure.failed("Interrupted.", e);
    }
  }

  /** Waits for one answer, ten seconds at most. */
  public static <T> T answer(KafkaFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says what went wrong with any client that was made with {@link #client()}. */
  public CliFailure failure(Throwable failure) {
    return new KafkaRefusal(servers(), properties(), KafkaRefusal.Words.TOOL)
        .explain(failure)
        .map(sentence -> CliFailure.wrongInput(sentence, failure))
        .orElseGet(() -> away(failure));
  }

  private CliFailure away(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean silent =
        root instanceof TimeoutException
            || root instanceof org.apache.kafka.common.errors.TimeoutException;
    return CliFailure.failed(
        silent
            ? "Kafka does not answer on "
                + servers()
                + ". Check --bootstrap-servers, --kafka-config and the network."
            : "Kafka on " + servers() + " says: " + root.getMessage(),
        failure);
  }

  private Map<String, String> properties() {
    if (properties == null) {
      properties = file == null ? Map.of() : read(file);
    }
    return properties;
  }

  private static Map<String, String> read(Path file) {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      read.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw CliFailure.wrongInput(
          "The file %s of --kafka-config cannot be read (%s). It holds lines such as security.protocol=SASL_SSL."
              .formatted(file, e.getClass().getSimpleName()));
    }
    Map<String, String> properties = new HashMap<>();
    for (String key : read.stringPropertyNames()) {
      if (key.startsWith("kafka.")) {
        throw CliFailure.wrongInput(
            "The file %s of --kafka-config holds %s, which is an option of a job. Use the names of Kafka's clients, e.g. security.protocol, sasl.jaas.config."
                .formatted(file, key));
      }
      properties.put(key, read.getProperty(key).trim());
    }
    try {
      SecretReference.check(properties);
    } catch (SecretReference.Missing e) {
      throw CliFailure.wrongInput("The file " + file + " of --kafka-config: " + e.getMessage());
    }
    return properties;
  }
}
