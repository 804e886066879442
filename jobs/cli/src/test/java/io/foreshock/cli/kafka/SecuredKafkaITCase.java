package io.foreshock.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.TestConsole;
import io.foreshock.local.LocalAuthority;
import io.foreshock.local.LocalKafka;
import io.foreshock.local.LocalKafkaSecurity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line and clients of tenants before a broker that asks who they are. */
class SecuredKafkaITCase {
  private static final String SECRET = "s3cr\"et-of-everybody\\";

  @TempDir private static Path folder;
  private static LocalKafkaSecurity security;
  private static LocalKafka kafka;

  @BeforeAll
  static void startBroker() throws IOException {
    security =
        new LocalKafkaSecurity(folder.resolve("certificates"))
            .plainUser("plain", "plain-" + "password");
    kafka = LocalKafka.at(folder.resolve("kafka")).secured(security).start();
    Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Path admin = adminConfig();
    assertThat(
            run(
                    admin,
                    security.certificateServers(),
                    "tenants",
                    "create",
                    "t1",
                    "--partitions",
                    "1")
                .code())
        .isZero();
    assertThat(
            run(
                    admin,
                    security.certificateServers(),
                    "tenants",
                    "create",
                    "t10",
                    "--partitions",
                    "1")
                .code())
        .isZero();
    Said acls =
        run(
            admin,
            security.certificateServers(),
            "tenants",
            "acls",
            "--tenants",
            "t1,t10",
            "--apply");
    assertThat(acls.code()).as(acls.text()).isZero();
    for (String user : List.of("t1.consumer", "t1.devices", "foreshock.operator", "nobody")) {
      kafka.createUser(user, SECRET);
    }
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void explore() throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("plaintext", file("plaintext", Map.of()));
    Map<String, Object> ok = user("foreshock.operator");
    files.put("ok", file("ok", ok));
    Map<String, Object> wrong =
        new HashMap<>(security.user("foreshock.operator", "wrong-" + "password"));
    files.put("wrong", file("wrong", wrong));
    Map<String, Object> ca = new HashMap<>(ok);
    ca.put(
        "ssl.truststore.location",
        new LocalAuthority(folder.resolve("other"), "other").certificateFile().toString());
    files.put("ca", file("ca", ca));
    Map<String, Object> sasl = new HashMap<>(ok);
    sasl.put("security.protocol", "SASL_PLAINTEXT");
    files.put("saslplain", file("saslplain", sasl));
    Map<String, Object> gss = new HashMap<>(ok);
    gss.put("sasl.mechanism", "SCRAM-SHA-256");
    files.put("mech", file("mech", gss));
    files.put("nobody", file("nobody", user("nobody")));
    for (var e : files.entrySet()) {
      long t = System.nanoTime();
      Said said = run(e.getValue(), kafka.bootstrapServers(), "patterns", "list");
      System.out.println(
          "##"
              + e.getKey()
              + " "
              + said.code()
              + " "
              + (System.nanoTime() - t) / 1000000
              + "ms\n"
              + said.text());
    }
    Map<String, Object> nocert =
        new HashMap<>(
            Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                security.authority().certificateFile().toString()));
    System.out.println(
        "## nocert "
            + run(file("nocert", nocert), security.certificateServers(), "patterns", "list"));
    LocalAuthority.Identity foreign =
        new LocalAuthority(folder.resolve("other2"), "other").issue("admin");
    Map<String, Object> foreignCert = new HashMap<>(security.client(foreign));
    System.out.println(
        "## foreign "
            + run(file("foreign", foreignCert), security.certificateServers(), "patterns", "list"));
  }

  /** What a command printed. */
  private record Said(int code, String text) {}

  private static Map<String, Object> user(String name) {
    Map<String, Object> client = new HashMap<>(security.user(name, ""));
    client.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"${file:%s}\";"
            .formatted(name, folder.resolve("secret")));
    return client;
  }

  private static Path adminConfig() throws IOException {
    return file("admin", security.client(security.admin()));
  }

  private static Path file(String name, Map<String, Object> client) throws IOException {
    java.util.Properties properties = new java.util.Properties();
    properties.putAll(client);
    properties.remove("bootstrap.servers");
    Path file = folder.resolve(name + ".properties");
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return file;
  }

  private static Said run(Path config, String servers, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", servers, "--kafka-config", config.toString()));
    TestConsole console = new TestConsole();
    int code = console.execute(all);
    return new Said(code, console.output() + console.errors());
  }
}
