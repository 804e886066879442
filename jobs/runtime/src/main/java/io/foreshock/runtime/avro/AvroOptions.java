package io.foreshock.runtime.avro;

import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.kafka.security.SecretReference;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What may be configured on Avro values, for every job that writes them. */
public final class AvroOptions {
  private static final String REFERENCE =
      "be ${env:NAME} or ${file:/path}, never the secret itself";

  public static final Option<List<String>> URL =
      Option.list(
              "avro.schema-registry.url",
              "Schema registry with the interface of Confluent's; several addresses of one registry are tried in turn."
                  + " Apicurio: with `/apis/ccompat/v7`. Set: values are in Confluent's wire format. Empty: in"
                  + " single-object encoding, which needs no registry.")
          .withDefault(List.of())
          .withExample("https://registry-1:8081")
          .must(
              "be http:// or https:// addresses",
              urls -> urls.stream().allMatch(AvroOptions::isWeb))
          .must(
              "not hold a password; say where it stands with avro.schema-registry.password",
              urls -> urls.stream().noneMatch(url -> url.matches(".*//[^/?#]*@.*")));

  public static final Option<Boolean> AUTO_REGISTER =
      Option.yesOrNo(
              "avro.schema-registry.auto-register",
              "Register schemas that the registry does not have, at start. Otherwise a job whose schema is missing does"
                  + " not start.")
          .withDefault(true);

  public static final Option<String> USERNAME =
      Option.text("avro.schema-registry.username", "User name of this job at the registry.")
          .withDefault("")
          .withExample("plant-1.features");

  public static final Option<String> PASSWORD =
      Option.text(
              "avro.schema-registry.password",
              "Where the password stands: `${env:NAME}` or `${file:/path}`, the whole file. Read by every process of the"
                  + " job that asks the registry.")
          .withDefault("")
          .withExample("${env:REGISTRY_PASSWORD}")
          .must(REFERENCE, AvroOptions::isEmptyOrReference);

  public static final Option<String> TOKEN =
      Option.text(
              "avro.schema-registry.token",
              "Where a bearer token stands, instead of user name and password: `${env:NAME}` or `${file:/path}`. Read"
                  + " again for each question, so a file may be renewed.")
          .withDefault("")
          .withExample("${file:/etc/foreshock/registry/token}")
          .must(REFERENCE, AvroOptions::isEmptyOrReference);

  public static final Option<String> CA_FILE =
      Option.text(
              "avro.schema-registry.ca-file",
              "PEM file of the authorities that sign the registry's certificate; empty for those that Java trusts. At the"
                  + " same path for every process of the job.")
          .withDefault("")
          .withExample("/etc/foreshock/registry/ca.crt");

  public static final Option<Duration> TIMEOUT =
      Option.duration(
              "avro.schema-registry.timeout",
              "How long the registry may take to answer one question. Asked at start, and later for a tenant that is"
                  + " new.")
          .withDefault(Duration.ofSeconds(5))
          .must("be between 100 ms and 1 min", AvroOptions::isShort);

  /** All of them. */
  public static final List<Option<?>> ALL =
      List.of(URL, AUTO_REGISTER, USERNAME, PASSWORD, TOKEN, CA_FILE, TIMEOUT);

  private AvroOptions() {}

  private static boolean isEmptyOrReference(String text) {
    return text.isBlank() || SecretReference.parse(text).isPresent();
  }

  private static boolean isShort(Duration time) {
    return time.toMillis() >= 100 && time.compareTo(Duration.ofMinutes(1)) <= 0;
  }

  private static boolean isWeb(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
