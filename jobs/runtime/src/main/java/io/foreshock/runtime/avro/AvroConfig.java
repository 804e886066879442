package io.foreshock.runtime.avro;

import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.security.SecretReference;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checked values about Avro.
 *
 * @param urls addresses of one registry; empty for none
 * @param autoRegister whether the job registers what is missing
 * @param username empty for none
 * @param password reference to a secret; empty for none
 * @param token reference to a secret; empty for none
 * @param caFile PEM file of authorities; empty for Java's
 * @param timeout of one question
 */
public record AvroConfig(
    List<String> urls,
    boolean autoRegister,
    String username,
    String password,
    String token,
    String caFile,
    Duration timeout)
    implements Serializable {

  /** Single-object encoding: no registry. */
  public static final AvroConfig NO_REGISTRY =
      new AvroConfig(List.of(), false, "", "", "", "", Duration.ofSeconds(5));

  public AvroConfig {
    urls = urls.stream().map(url -> url.replaceAll("/+$", "")).toList();
  }

  /**
   * Reads the values, and each secret once.
   *
   * @throws StartRefused naming every contradiction and every secret or file that is not there
   */
  public static AvroConfig from(Settings settings) {
    AvroConfig config =
        new AvroConfig(
            settings.get(AvroOptions.URL),
            settings.get(AvroOptions.AUTO_REGISTER),
            settings.get(AvroOptions.USERNAME).trim(),
            settings.get(AvroOptions.PASSWORD).trim(),
            settings.get(AvroOptions.TOKEN).trim(),
            settings.get(AvroOptions.CA_FILE).trim(),
            settings.get(AvroOptions.TIMEOUT));
    List<String> problems = config.problems();
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    return config;
  }

  /** Whether values are in Confluent's wire format. */
  public boolean usesRegistry() {
    return !urls.isEmpty();
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!usesRegistry()) {
      if (!(username + password + token + caFile).isEmpty()) {
        problems.add(
            "avro.schema-registry.username, password, token and ca-file are for a registry, but avro.schema-registry.url is empty. Set it, or remove them.");
      }
      return problems;
    }
    if (username.isEmpty() != password.isEmpty()) {
      problems.add(
          "avro.schema-registry.username and avro.schema-registry.password belong together, but only one is set. Set both or none.");
    }
    if (!username.isEmpty() && !token.isEmpty()) {
      problems.add(
          "avro.schema-registry.token and avro.schema-registry.username are two ways to say who one is. Remove one.");
    }
    secret(AvroOptions.PASSWORD.key(), password, problems);
    secret(AvroOptions.TOKEN.key(), token, problems);
    if (!caFile.isEmpty()) {
      try {
        RegistryTrust.context(caFile);
      } catch (RegistryTrust.Unusable e) {
        problems.add(e.getMessage());
      }
    }
    return problems;
  }

  private static void secret(String key, String reference, List<String> problems) {
    SecretReference.parse(reference)
        .ifPresent(
            secret -> {
              try {
                secret.resolve();
              } catch (SecretReference.Missing e) {
                problems.add(key + ": " + e.getMessage());
              }
            });
  }
}
