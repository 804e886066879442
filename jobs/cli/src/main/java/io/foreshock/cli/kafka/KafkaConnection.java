package io.foreshock.cli.kafka;

import io.foreshock.cli.CliFailure;
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

/** Which Kafka a command talks to; a mixin of every command that does. */
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
      description = "Properties of Kafka clients, for TLS and user names.")
  private Path file;

  /** Something to ask of Kafka. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Admin admin) throws ExecutionException, TimeoutException, InterruptedException;
  }

  public boolean given() {
    return servers != null;
  }

  /**
   * Addresses of brokers.
   *
   * @throws CliFailure when none are given
   */
  public String servers() {
    if (servers == null) {
      throw CliFailure.wrongInput(
          "--bootstrap-servers is missing. Name a Kafka broker, e.g. broker-1:9092.");
    }
    return servers;
  }

  /** Properties for a client of any kind; add what the client is about. */
  public Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>();
    if (file != null) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        read.load(reader);
      } catch (IOException e) {
        throw CliFailure.wrongInput("Cannot read --kafka-config " + file + ": " + e);
      }
      read.stringPropertyNames().forEach(key -> client.put(key, read.getProperty(key)));
    }
    client.put("bootstrap.servers", servers());
    return client;
  }

  /** Asks Kafka; gives up after ten seconds of silence. */
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
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return CliFailure.failed("Kafka on " + servers() + " says: " + root.getMessage(), failure);
  }
}
