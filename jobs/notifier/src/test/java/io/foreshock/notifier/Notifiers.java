package io.foreshock.notifier;

import io.foreshock.local.LocalService;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of notifiers in tests. */
final class Notifiers {
  /** A secret as Standard Webhooks writes them. */
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final Map<String, String> options = new LinkedHashMap<>();

  private Notifiers() {}

  /** A notifier for these tenants, in groups of the first one's name; channels are to be added. */
  static Notifiers of(String... tenants) {
    return new Notifiers()
        .with("kafka.bootstrap-servers", Kafka.broker().bootstrapServers())
        .with("tenants", String.join(",", tenants))
        .with("group", "of-" + tenants[0])
        .with("instance", "notifier-0")
        .with("stop.timeout", "1 s")
        .with("metrics.port", "0")
        .with("metrics.host", "127.0.0.1")
        .with("commit.interval", "50 ms")
        .with("source.discovery-interval", "1 s");
  }

  Notifiers with(String key, String value) {
    options.put(key, value);
    return this;
  }

  /** A webhook, which is the default channel unless there is one. */
  Notifiers webhook(String name, Receiver receiver) {
    options.putIfAbsent("default-channels", name);
    return with("channels." + name + ".type", "webhook")
        .with("channels." + name + ".url", receiver.uri().toString())
        .with("channels." + name + ".secret", "${file:" + secret(SECRET) + "}")
        .with("channels." + name + ".rate-per-minute", "60000")
        .with("channels." + name + ".retry.first-delay", "20 ms")
        .with("channels." + name + ".retry.longest-delay", "100 ms");
  }

  /** A file that holds a secret. */
  static Path secret(String text) {
    try {
      return Files.writeString(Kafka.folder("secret").resolve("secret"), text + "\n")
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Settings settings() {
    return Settings.read(
        NotifierOptions.ALL, new CommandLine(List.of(), options, false, false, List.of()));
  }

  Notifier start() {
    return Notifier.start(settings());
  }

  /** In a process of its own, running. */
  LocalService process() {
    return LocalService.start(
            "notifier",
            Kafka.folder("notifier"),
            NotifierMain.class,
            options.entrySet().stream().map(o -> "-D" + o.getKey() + "=" + o.getValue()).toList(),
            Map.of())
        .await("The notifier runs.");
  }
}
