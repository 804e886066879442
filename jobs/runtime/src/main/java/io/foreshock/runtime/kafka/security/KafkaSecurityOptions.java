package io.foreshock.runtime.kafka.security;

import io.foreshock.runtime.config.Option;
import java.util.List;

/** Options about who a job is to Kafka. Secrets are named, never written. */
public final class KafkaSecurityOptions {
  private static final String REFERENCE =
      "name the environment variable or the file that holds it, as ${env:NAME} or ${file:/path}; a secret itself never"
          + " stands here (if one did, change it: command lines and files are read by others)";

  /** How a connection is made. */
  public enum Protocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL
  }

  /** How a user name and a password are proved. */
  public enum Mechanism {
    PLAIN("PLAIN", "plain.PlainLoginModule"),
    SCRAM_SHA_256("SCRAM-SHA-256", "scram.ScramLoginModule"),
    SCRAM_SHA_512("SCRAM-SHA-512", "scram.ScramLoginModule");

    private final String kafkaName;
    private final String loginModule;

    Mechanism(String kafkaName, String loginModule) {
      this.kafkaName = kafkaName;
      this.loginModule = "org.apache.kafka.common.security." + loginModule;
    }

    /** Name as Kafka writes it. */
    public String kafkaName() {
      return kafkaName;
    }

    String loginModule() {
      return loginModule;
    }
  }

  public static final Option<Protocol> PROTOCOL =
      Option.oneOf(
              "kafka.security.protocol",
              "How brokers are spoken to: `ssl` is TLS, `sasl-…` a user name and a password.",
              Protocol.class)
          .withDefault(Protocol.PLAINTEXT)
          .withExample("sasl-ssl");

  public static final Option<Mechanism> MECHANISM =
      Option.oneOf(
              "kafka.sasl.mechanism",
              "How user name and password are proved, with `sasl-plaintext` and `sasl-ssl`. `plain` sends the password"
                  + " itself: with `sasl-ssl` only.",
              Mechanism.class)
          .withDefault(Mechanism.SCRAM_SHA_512);

  public static final Option<String> USERNAME =
      Option.text("kafka.sasl.username", "User name of this job.")
          .withDefault("")
          .withExample("plant-1.precursors");

  public static final Option<String> PASSWORD =
      Option.text(
              "kafka.sasl.password",
              "Where the password stands: `${env:NAME}` or `${file:/path}`, the whole file. Read by every process of the"
                  + " job when it connects.")
          .withDefault("")
          .withExample("${env:KAFKA_PASSWORD}")
          .must(REFERENCE, KafkaSecurityOptions::isEmptyOrReference);

  public static final Option<String> CA_FILE =
      Option.text(
              "kafka.ssl.ca-file",
              "PEM file of the authorities that sign the brokers' certificates; empty for those that Java trusts. Must"
                  + " lie at the same path for every process of the job, as all files here.")
          .withDefault("")
          .withExample("/etc/foreshock/kafka/ca.crt");

  public static final Option<String> CERTIFICATE_FILE =
      Option.text(
              "kafka.ssl.certificate-file",
              "PEM file of this job's own certificate and the chain above it, where brokers ask for one (mTLS).")
          .withDefault("")
          .withExample("/etc/foreshock/kafka/user.crt");

  public static final Option<String> KEY_FILE =
      Option.text(
              "kafka.ssl.key-file",
              "PEM file of the private key of `kafka.ssl.certificate-file`, in PKCS #8 (`BEGIN PRIVATE KEY`).")
          .withDefault("")
          .withExample("/etc/foreshock/kafka/user.key");

  public static final Option<String> KEY_PASSWORD =
      Option.text(
              "kafka.ssl.key-password",
              "Where the password of `kafka.ssl.key-file` stands, if the key is encrypted: `${env:NAME}` or"
                  + " `${file:/path}`.")
          .withDefault("")
          .withExample("${env:KAFKA_KEY_PASSWORD}")
          .must(REFERENCE, KafkaSecurityOptions::isEmptyOrReference);

  /** All of them. */
  public static final List<Option<?>> ALL =
      List.of(
          PROTOCOL,
          MECHANISM,
          USERNAME,
          PASSWORD,
          CA_FILE,
          CERTIFICATE_FILE,
          KEY_FILE,
          KEY_PASSWORD);

  private KafkaSecurityOptions() {}

  private static boolean isEmptyOrReference(String text) {
    return text.isBlank() || SecretReference.parse(text).isPresent();
  }
}
