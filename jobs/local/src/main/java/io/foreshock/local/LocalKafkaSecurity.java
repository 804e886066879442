package io.foreshock.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A broker that lets nobody in without a proof, and allows nothing that is not granted.
 *
 * <p>Two listeners, both with TLS: one for user names and passwords (SCRAM-SHA-512 and PLAIN), one
 * that wants a certificate. A certificate's common name is the principal, as a user name is. {@code
 * admin} and {@code broker}, by certificate, may do everything. The controller's listener is open,
 * on this machine.
 */
public final class LocalKafkaSecurity {
  private final Path folder;
  private final LocalAuthority authority;
  private final LocalAuthority.Identity admin;
  private final Map<String, String> plainUsers = new LinkedHashMap<>();
  private final int tlsPort = FreePorts.next();

  /**
   * @param folder where certificates and keys go
   * @param brokerNames names by which clients know the broker, beside this machine's own
   */
  public LocalKafkaSecurity(Path folder, String... brokerNames) {
    this.folder = folder.toAbsolutePath();
    authority = new LocalAuthority(this.folder, "ca");
    admin = authority.issue("admin");
    LocalAuthority.Identity broker = authority.issue("broker", brokerNames);
    try {
      Files.writeString(
          this.folder.resolve("broker.pem"),
          Files.readString(broker.key()) + Files.readString(broker.certificate()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A user of PLAIN; those of SCRAM are made with {@link LocalKafka#createUser}. */
  public LocalKafkaSecurity plainUser(String name, String password) {
    plainUsers.put(name, password);
    return this;
  }

  /** Signs the broker's certificate, and those of clients. */
  public LocalAuthority authority() {
    return authority;
  }

  /** Address of the listener that wants a certificate. */
  public String certificateServers() {
    return "127.0.0.1:" + tlsPort;
  }

  /** Properties of a client with a certificate; of the administrator with {@link #admin()}. */
  public Map<String, Object> client(LocalAuthority.Identity identity) {
    try {
      return Map.of(
          "bootstrap.servers", certificateServers(),
          "security.protocol", "SSL",
          "ssl.truststore.type", "PEM",
          "ssl.truststore.location", authority.certificateFile().toString(),
          "ssl.keystore.type", "PEM",
          "ssl.keystore.certificate.chain", Files.readString(identity.certificate()),
          "ssl.keystore.key", Files.readString(identity.key()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** May do everything. */
  public LocalAuthority.Identity admin() {
    return admin;
  }

  /** Properties of a client with a name and a password (SCRAM-SHA-512), less the address. */
  public Map<String, Object> user(String name, String password) {
    return Map.of(
        "security.protocol", "SASL_SSL",
        "sasl.mechanism", "SCRAM-SHA-512",
        "sasl.jaas.config",
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(name, password),
        "ssl.truststore.type", "PEM",
        "ssl.truststore.location", authority.certificateFile().toString());
  }

  /** What makes a broker so; replaces its listeners. */
  Map<String, String> serverProperties(int port, int controllerPort) {
    Map<String, String> all = new LinkedHashMap<>();
    String clients = "SASL://127.0.0.1:" + port + ",TLS://" + certificateServers();
    all.put("listeners", clients + ",CONTROLLER://127.0.0.1:" + controllerPort);
    all.put("advertised.listeners", clients);
    all.put("listener.security.protocol.map", "SASL:SASL_SSL,TLS:SSL,CONTROLLER:PLAINTEXT");
    all.put("inter.broker.listener.name", "TLS");
    all.put("ssl.keystore.type", "PEM");
    all.put("ssl.keystore.location", folder.resolve("broker.pem").toString());
    all.put("ssl.truststore.type", "PEM");
    all.put("ssl.truststore.location", authority.certificateFile().toString());
    all.put("listener.name.tls.ssl.client.auth", "required");
    all.put("ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/");
    all.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
    all.put(
        "listener.name.sasl.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    StringBuilder users = new StringBuilder();
    plainUsers.forEach(
        (name, password) -> users.append(" user_%s=\"%s\"".formatted(name, password)));
    all.put(
        "listener.name.sasl.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required" + users + ";");
    all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    all.put("super.users", "User:admin;User:broker;User:ANONYMOUS");
    all.put("allow.everyone.if.no.acl.found", "false");
    return all;
  }
}
