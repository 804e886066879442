package io.foreshock.runtime.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.codec.avro.UnreadableValueException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistryTest {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Trip").namespace("io.foreshock").fields().requiredLong("t").endRecord();

  private PretendedRegistry server;

  @BeforeEach
  void start() throws Exception {
    server = new PretendedRegistry();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void findsWhatWasRegistered() throws UnreadableValueException {
    SchemaRegistry registry = new SchemaRegistry(config(server.url() + "/"));

    assertThat(registry.find("acme.sessions-value", SCHEMA)).isEmpty();
    assertThat(registry.register("acme.sessions-value", SCHEMA)).isEqualTo(1);
    assertThat(registry.find("acme.sessions-value", SCHEMA)).hasValue(1);
    assertThat(registry.of(1)).isEqualTo(SCHEMA);
    assertThatThrownBy(() -> registry.of(2))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessage("The schema registry " + server.url() + " has no schema with id 2.");
  }

  @Test
  void saysWhoItIs(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "pa:ss\n");
    new SchemaRegistry(config(server.url(), "plant-1", "${file:" + secret + "}", ""))
        .register("s", SCHEMA);
    new SchemaRegistry(config(server.url(), "", "", "${file:" + secret + "}"))
        .register("s", SCHEMA);

    assertThat(server.questions())
        .containsExactly(
            "POST /subjects/s/versions as Basic cGxhbnQtMTpwYTpzcw==",
            "POST /subjects/s/versions as Bearer pa:ss");
  }

  @Test
  void triesTheNextAddress() throws Exception {
    try (PretendedRegistry broken = new PretendedRegistry()) {
      broken.answerAlways(503, "");
      SchemaRegistry registry =
          new SchemaRegistry(config(broken.url() + "," + nobody() + "," + server.url()));

      assertThat(registry.register("s", SCHEMA)).isEqualTo(1);
      broken.answerAlways(500, "");
      server.answerAlways(502, "");
      assertThatThrownBy(() -> registry.register("s", SCHEMA))
          .isInstanceOfSatisfying(
              SchemaRegistryException.class, e -> assertThat(e.isAway()).isTrue())
          .hasMessageStartingWith(
              "The schema registry does not answer (" + broken.url() + ": HTTP 500; ")
          .hasMessageEndingWith(
              server.url()
                  + ": HTTP 502). Check avro.schema-registry.url, the network and the registry.");
    }
  }

  @Test
  void saysWhatARefusalMeans() {
    SchemaRegistry registry = new SchemaRegistry(config(server.url()));
    server.answerAlways(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
    assertRefusal(
        registry,
        "refuses subject \"s\" (HTTP 401: Unauthorized). Check avro.schema-registry.username, password or token, and what that user may do.");
    server.answerAlways(404, "<html>not here</html>");
    assertRefusal(
        registry,
        "refuses subject \"s\" (HTTP 404). Check the path of avro.schema-registry.url; for Apicurio it ends in /apis/ccompat/v7.");
    server.answerAlways(409, "{\"error_code\":409,\"message\":\"reader lacks a default\"}");
    assertRefusal(
        registry,
        "refuses subject \"s\" (HTTP 409: reader lacks a default). The schema breaks readers or old values. Undo the change, or agree on it and relax the subject's compatibility.");
    server.answerAlways(200, "welcome");
    assertRefusal(registry, "refuses subject \"s\" (HTTP 200). See the registry's log.");
  }

  private void assertRefusal(SchemaRegistry registry, String message) {
    assertThatThrownBy(() -> registry.find("s", SCHEMA))
        .isInstanceOfSatisfying(
            SchemaRegistryException.class, e -> assertThat(e.isAway()).isFalse())
        .hasMessage("The schema registry " + server.url() + " " + message);
  }

  /** An address where a server has just ended. */
  private static String nobody() throws Exception {
    PretendedRegistry gone = new PretendedRegistry();
    gone.close();
    return gone.url();
  }

  static AvroConfig config(String urls) {
    return config(urls, "", "", "");
  }

  private static AvroConfig config(String urls, String user, String password, String token) {
    return new AvroConfig(
        List.of(urls.split(",")), true, user, password, token, "", Duration.ofSeconds(5));
  }
}
