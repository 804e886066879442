package io.foreshock.runtime.kafka.security;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.security.KafkaSecurityOptions.Mechanism;
import io.foreshock.runtime.kafka.security.KafkaSecurityOptions.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Turns the options about security into properties of Kafka's clients, and checks them. */
public final class KafkaSecurity {
  /** Of type password to Kafka, but known to everybody. */
  private static final Set<String> PUBLIC =
      Set.of("ssl.truststore.certificates", "ssl.keystore.certificate.chain");

  private static final String TLS_PROTOCOLS = "ssl or sasl-ssl";
  private static final String SASL_PROTOCOLS = "sasl-ssl";

  /** A password or secret among the options of a login module that is not a reference. */
  private static final Pattern LITERAL_IN_JAAS =
      Pattern.compile("(?i)(password|secret)\\s*=\\s*\"?(?!\\$\\{|\")[^\\s;\"]");

  private final Settings settings;
  private final Protocol protocol;
  private final boolean sasl;
  private final boolean tls;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> properties = new LinkedHashMap<>();

  private KafkaSecurity(Settings settings) {
    this.settings = settings;
    this.protocol = settings.get(KafkaSecurityOptions.PROTOCOL);
    this.sasl = protocol == Protocol.SASL_SSL || protocol == Protocol.SASL_PLAINTEXT;
    this.tls = protocol == Protocol.SSL || protocol == Protocol.SASL_SSL;
  }

  /**
   * Properties of every client; secrets stand in them as references.
   *
   * @param more properties given by {@code kafka.client.*}; they win
   * @throws StartRefused naming every contradiction, missing file and missing secret
   */
  public static Map<String, String> properties(Settings settings, Map<String, String> more) {
    KafkaSecurity security = new KafkaSecurity(settings);
    security.protocol();
    security.user();
    security.authorities();
    security.certificate();
    security.refuseLiterals(more);
    security.properties.putAll(more);
    security.checkReferences();
    if (!security.problems.isEmpty()) {
      throw new StartRefused(security.problems);
    }
    return SecretProvider.prepare(security.properties);
  }

  private void protocol() {
    if (protocol != Protocol.PLAINTEXT) {
      properties.put("security.protocol", protocol.name());
    }
  }

  private void user() {
    boolean hasUser = isUsed(KafkaSecurityOptions.USERNAME, sasl, SASL_PROTOCOLS);
    boolean hasPassword = isUsed(KafkaSecurityOptions.PASSWORD, sasl, SASL_PROTOCOLS);
    if (!sasl) {
      return;
    }
    Mechanism mechanism = settings.get(KafkaSecurityOptions.MECHANISM);
    properties.put("sasl.mechanism", mechanism.kafkaName());
    boolean ownLogin =
        settings.family("kafka.client.").keySet().stream().anyMatch(key -> key.startsWith("sasl."));
    if (hasUser != hasPassword || !hasUser && !ownLogin) {
      problems.add(
          "kafka.security.protocol is %s, so kafka.sasl.username and kafka.sasl.password are needed, but %s. Set both."
              .formatted(
                  word(protocol),
                  hasUser
                      ? "the second is empty"
                      : hasPassword ? "the first is empty" : "both are empty"));
      return;
    }
    if (mechanism == Mechanism.PLAIN && protocol == Protocol.SASL_PLAINTEXT) {
      problems.add(
          "kafka.sasl.mechanism=plain with kafka.security.protocol=sasl-plaintext sends the password in the clear. Use"
              + " sasl-ssl, or scram-sha-512.");
    }
    if (hasUser) {
      String user = settings.get(KafkaSecurityOptions.USERNAME);
      properties.put(
          "sasl.jaas.config",
          "%s required username=\"%s\" password=\"%s\";"
              .formatted(
                  mechanism.loginModule(),
                  user.replace("\\", "\\\\").replace("\"", "\\\""),
                  settings.get(KafkaSecurityOptions.PASSWORD).trim()));
    }
  }

  private void authorities() {
    String file = settings.get(KafkaSecurityOptions.CA_FILE);
    if (isUsed(KafkaSecurityOptions.CA_FILE, tls, TLS_PROTOCOLS)
        && isPem(KafkaSecurityOptions.CA_FILE, "BEGIN CERTIFICATE")) {
      properties.put("ssl.truststore.type", "PEM");
      properties.put("ssl.truststore.location", file);
    }
  }

  private void certificate() {
    String certificate = settings.get(KafkaSecurityOptions.CERTIFICATE_FILE);
    String key = settings.get(KafkaSecurityOptions.KEY_FILE);
    boolean used =
        isUsed(KafkaSecurityOptions.CERTIFICATE_FILE, tls, TLS_PROTOCOLS)
            & isUsed(KafkaSecurityOptions.KEY_FILE, tls, TLS_PROTOCOLS);
    if (certificate.isEmpty() != key.isEmpty()) {
      problems.add(
          "kafka.ssl.certificate-file and kafka.ssl.key-file belong together, but only one is set. Set both or none.");
    } else if (used
        && isPem(KafkaSecurityOptions.CERTIFICATE_FILE, "BEGIN CERTIFICATE")
            & isPem(
                KafkaSecurityOptions.KEY_FILE,
                "BEGIN PRIVATE KEY",
                "BEGIN ENCRYPTED PRIVATE KEY")) {
      properties.put("ssl.keystore.type", "PEM");
      properties.put("ssl.keystore.certificate.chain", "${file:" + certificate + "}");
      properties.put("ssl.keystore.key", "${file:" + key + "}");
      String password = settings.get(KafkaSecurityOptions.KEY_PASSWORD);
      if (!password.isBlank()) {
        properties.put("ssl.key.password", password.trim());
      }
    }
  }

  /** Whether the option is set; when it is, but the protocol does not use it, that is a problem. */
  private boolean isUsed(Option<String> option, boolean used, String protocols) {
    if (settings.get(option).isBlank()) {
      return false;
    }
    if (!used) {
      problems.add(
          "%s is set, but kafka.security.protocol is %s, which does not use it. Set that to %s, or remove %s."
              .formatted(option.key(), word(protocol), protocols, option.key()));
    }
    return used;
  }

  private boolean isPem(Option<String> option, String... begins) {
    Path file = Path.of(settings.get(option));
    try {
      String text = Files.readString(file);
      for (String begin : begins) {
        if (text.contains("-----" + begin + "-----")) {
          return true;
        }
      }
      problems.add(
          "%s must name a PEM file with -----%s-----, but %s holds none.%s"
              .formatted(
                  option.key(),
                  begins[0],
                  file,
                  text.contains("PRIVATE KEY-----") && !text.contains("BEGIN CERTIFICATE")
                      ? " Convert it: openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key"
                      : ""));
    } catch (IOException e) {
      problems.add(
          "%s names %s, which cannot be read (%s). Check the path, and that the file is mounted here and on every machine of the job."
              .formatted(option.key(), file, e.getClass().getSimpleName()));
    }
    return false;
  }

  private void refuseLiterals(Map<String, String> more) {
    Map<String, ConfigDef.ConfigKey> known = ProducerConfig.configDef().configKeys();
    new TreeMap<>(more)
        .forEach(
            (key, value) -> {
              boolean secret =
                  key.endsWith("sasl.jaas.config")
                      ? LITERAL_IN_JAAS.matcher(value).find()
                      : known.containsKey(key)
                          && known.get(key).type() == ConfigDef.Type.PASSWORD
                          && !PUBLIC.contains(key)
                          && SecretReference.parse(value).isEmpty();
              if (secret) {
                problems.add(
                    "kafka.client.%s holds a secret. Name where it stands instead, as ${env:NAME} or ${file:/path}, and change the secret: command lines and files are read by others."
                        .formatted(key));
              }
            });
  }

  /** Reads each secret once, so that a missing one is told here and not by a restarting task. */
  private void checkReferences() {
    properties.forEach(
        (key, value) ->
            SecretReference.INSIDE
                .matcher(value)
                .results()
                .forEach(
                    found -> {
                      try {
                        SecretReference.of(found.group(1), found.group(2)).resolve();
                      } catch (SecretReference.Missing e) {
                        problems.add("Kafka's " + key + ": " + e.getMessage());
                      }
                    }));
  }

  private static String word(Protocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
