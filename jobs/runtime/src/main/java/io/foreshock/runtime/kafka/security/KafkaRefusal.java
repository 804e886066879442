package io.foreshock.runtime.kafka.security;

import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/**
 * Says in one sentence, with the way out, why Kafka did not let a client in. Never quotes a value
 * of the client's configuration.
 */
public final class KafkaRefusal {
  private final String servers;
  private final Map<String, String> client;
  private final Words words;

  /** Names of the settings to look at, in the vocabulary of who asked. */
  public enum Words {
    /** Options of a job. */
    JOB(
        "kafka.security.protocol",
        "kafka.sasl.username, kafka.sasl.password and kafka.sasl.mechanism",
        "kafka.ssl.ca-file",
        "kafka.ssl.certificate-file and kafka.ssl.key-file",
        "kafka.bootstrap-servers",
        "ssl or sasl-ssl"),
    /** Properties in the file of {@code --kafka-config}. */
    TOOL(
        "security.protocol in --kafka-config",
        "sasl.jaas.config and sasl.mechanism in --kafka-config",
        "ssl.truststore.* in --kafka-config",
        "ssl.keystore.* in --kafka-config",
        "--bootstrap-servers",
        "SSL or SASL_SSL");

    private final String protocol;
    private final String user;
    private final String authorities;
    private final String certificate;
    private final String address;
    private final String tls;

    Words(
        String protocol,
        String user,
        String authorities,
        String certificate,
        String address,
        String tls) {
      this.protocol = protocol;
      this.user = user;
      this.authorities = authorities;
      this.certificate = certificate;
      this.address = address;
      this.tls = tls;
    }
  }

  /**
   * @param client properties of the client that was refused
   */
  public KafkaRefusal(String servers, Map<?, ?> client, Words words) {
    this.servers = servers;
    this.client = new java.util.HashMap<>();
    client.forEach((key, value) -> this.client.put(String.valueOf(key), String.valueOf(value)));
    this.words = words;
  }

  /**
   * Explains a failure.
   *
   * @return empty when it has nothing to do with security; then the broker may just be away
   */
  public Optional<String> explain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = failure; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    for (Throwable cause : chain) {
      String sentence = sentence(cause, chain);
      if (sentence != null) {
        return Optional.of(sentence);
      }
    }
    boolean silent =
        chain.stream()
            .anyMatch(
                t ->
                    t instanceof TimeoutException
                        || t instanceof org.apache.kafka.common.errors.TimeoutException);
    return silent ? protocolMismatch() : Optional.empty();
  }

  private String sentence(Throwable cause, List<Throwable> chain) {
    if (cause instanceof SecretReference.Missing) {
      return cause.getMessage();
    } else if (cause instanceof UnsupportedSaslMechanismException) {
      return "Kafka on %s does not take %s: %s. Check %s, and the listener's sasl.enabled.mechanisms."
          .formatted(servers, mechanism(), firstSentence(cause), words.user);
    } else if (cause instanceof SaslAuthenticationException) {
      return "Kafka on %s does not know this user name and password (%s). Check %s."
          .formatted(servers, mechanism(), words.user);
    } else if (cause instanceof SslAuthenticationException) {
      return tls(chain);
    } else if (cause instanceof AuthorizationException authorization) {
      // Before the next case: Kafka derives the one from the other.
      return "Kafka on %s knows this client, but does not allow it %s. %s grants what is missing: `./foreshock tenants acls`."
          .formatted(servers, what(authorization), "An administrator");
    } else if (cause instanceof InvalidConfigurationException) {
      return "The certificates for Kafka cannot be used: %s. Check %s, and %s."
          .formatted(firstSentence(cause), words.authorities, words.certificate);
    }
    return null;
  }

  /** What was asked for; names topics, groups or transactional ids. */
  public static String what(AuthorizationException refusal) {
    if (refusal instanceof TopicAuthorizationException topics) {
      return "to use " + names("topic", topics.unauthorizedTopics(), refusal);
    } else if (refusal instanceof GroupAuthorizationException group) {
      return "to use consumer group " + group.groupId();
    } else if (refusal instanceof TransactionalIdAuthorizationException) {
      return "to use this transactional id";
    } else if (refusal instanceof ClusterAuthorizationException) {
      return "to ask or change the cluster";
    }
    return "this (" + firstSentence(refusal) + ")";
  }

  private static String names(String noun, Collection<String> names, Throwable refusal) {
    return names.isEmpty()
        ? "a " + noun + " (" + firstSentence(refusal) + ")"
        : noun + " " + String.join(", ", new TreeSet<>(names));
  }

  private String tls(List<Throwable> chain) {
    StringBuilder all = new StringBuilder();
    chain.forEach(t -> all.append(t.getMessage()).append('\n'));
    String said = all.toString();
    boolean certificate = chain.stream().anyMatch(CertificateException.class::isInstance);
    if (said.contains("PKIX path") || said.contains("unable to find valid certification path")) {
      return "Kafka on %s shows a certificate that no authority in %s has signed. Take the authority of the brokers (ca.crt), or check the address: somebody else may have answered."
          .formatted(servers, words.authorities);
    } else if (said.contains("No subject alternative") || said.contains("No name matching")) {
      return "Kafka on %s shows a certificate for another host name. Use the name that stands in the certificate in %s."
          .formatted(servers, words.address);
    } else if (said.contains("Unsupported or unrecognized SSL message")) {
      return "Kafka on %s does not speak TLS, but %s says so. Use the address of the TLS listener, or change the protocol."
          .formatted(servers, words.protocol);
    } else if (said.contains("NotAfter") || said.contains("expired")) {
      return "A certificate on the way to Kafka on %s has expired. Renew it.".formatted(servers);
    } else if (said.contains("alert") && !certificate) {
      return "Kafka on %s does not accept this client's certificate, or wants one and got none (%s). Check %s."
          .formatted(servers, alert(said), words.certificate);
    }
    return "No TLS connection to Kafka on %s: %s. Check %s and %s."
        .formatted(
            servers, firstSentence(chain.get(chain.size() - 1)), words.protocol, words.authorities);
  }

  private static String alert(String said) {
    int at = said.indexOf("alert");
    return said.substring(at).lines().findFirst().orElse("alert");
  }

  private Optional<String> protocolMismatch() {
    boolean asksTls = client.getOrDefault("security.protocol", "PLAINTEXT").endsWith("SSL");
    ListenerProbe.Found found = ListenerProbe.at(servers);
    if (!asksTls && found == ListenerProbe.Found.TLS) {
      return Optional.of(
          "Kafka on %s speaks TLS only, but this client does not. Set %s to %s."
              .formatted(servers, words.protocol, words.tls));
    }
    if (!asksTls
        && found == ListenerProbe.Found.NO_TLS
        && !client.getOrDefault("security.protocol", "PLAINTEXT").startsWith("SASL")) {
      return Optional.of(
          "Kafka on %s takes connections, but does not answer a client without a user name. If the listener wants one, set %s; otherwise the broker hangs."
              .formatted(servers, words.protocol));
    }
    return Optional.empty();
  }

  private String mechanism() {
    return client.getOrDefault("sasl.mechanism", "GSSAPI");
  }

  private static String firstSentence(Throwable cause) {
    String line =
        String.valueOf(cause.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
    return line.isEmpty() ? cause.getClass().getSimpleName() : line;
  }
}
