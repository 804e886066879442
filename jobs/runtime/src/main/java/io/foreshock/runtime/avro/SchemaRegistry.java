package io.foreshock.runtime.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.codec.avro.ConfluentDecoder;
import io.foreshock.codec.avro.UnreadableValueException;
import io.foreshock.runtime.kafka.security.SecretReference;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Asks a schema registry that has the interface of Confluent's: Confluent Schema Registry,
 * Karapace, Apicurio under {@code /apis/ccompat/v7}. Every answer other than yes is a {@link
 * SchemaRegistryException}.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent,
 *     "Schema Registry API Reference"</a>
 */
public final class SchemaRegistry implements ConfluentDecoder.SchemasById {
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AvroConfig config;
  private final HttpClient client;

  private record Answer(String url, int status, String body) {}

  public SchemaRegistry(AvroConfig config) {
    this.config = config;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(config.timeout());
    if (!config.caFile().isEmpty()) {
      builder.sslContext(RegistryTrust.context(config.caFile()));
    }
    this.client = builder.build();
  }

  /** Id of a schema under a subject; empty when the subject does not have it. */
  public OptionalInt find(String subject, Schema schema) {
    Answer answer = ask("/subjects/" + escaped(subject), body(schema));
    if (answer.status() == 404 && number(answer, "error_code") > 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(id(answer, subject));
  }

  /** Registers a schema under a subject, which is no change when it is there. */
  public int register(String subject, Schema schema) {
    return id(ask("/subjects/" + escaped(subject) + "/versions", body(schema)), subject);
  }

  @Override
  public Schema of(int id) throws UnreadableValueException {
    Answer answer = ask("/schemas/ids/" + id, null);
    if (answer.status() == 404) {
      throw new UnreadableValueException(
          "The schema registry " + answer.url() + " has no schema with id " + id + ".");
    }
    if (answer.status() != 200) {
      throw refused(answer, "schema " + id);
    }
    try {
      return new Schema.Parser().parse(JSON.readTree(answer.body()).path("schema").asText());
    } catch (JsonProcessingException | SchemaParseException e) {
      throw new UnreadableValueException(
          "Schema " + id + " of the registry " + answer.url() + " is not Avro.", e);
    }
  }

  private int id(Answer answer, String subject) {
    int id = answer.status() == 200 ? number(answer, "id") : 0;
    if (id <= 0) {
      throw refused(answer, "subject \"" + subject + "\"");
    }
    return id;
  }

  private SchemaRegistryException refused(Answer answer, String what) {
    String said = said(answer);
    String wayOut =
        switch (answer.status()) {
          case 401, 403 ->
              "Check avro.schema-registry.username, password or token, and what that user may do.";
          case 404 ->
              "Check the path of avro.schema-registry.url; for Apicurio it ends in /apis/ccompat/v7.";
          case 409 ->
              "The schema breaks readers or old values. Undo the change, or agree on it and relax the subject's compatibility.";
          default -> "See the registry's log.";
        };
    return new SchemaRegistryException(
        "The schema registry %s refuses %s (HTTP %d%s). %s"
            .formatted(
                answer.url(), what, answer.status(), said.isEmpty() ? "" : ": " + said, wayOut),
        false,
        null);
  }

  /** Tries the addresses in turn. */
  private Answer ask(String path, BodyPublisher body) {
    StringBuilder tried = new StringBuilder();
    Exception last = null;
    for (String url : config.urls()) {
      try {
        HttpResponse<String> response =
            client.send(request(url + path, body), BodyHandlers.ofString());
        int status = response.statusCode();
        if (status < 500 && status != 429 && status != 408) {
          return new Answer(url, status, response.body());
        }
        tried.append(tried.isEmpty() ? "" : "; ").append(url).append(": HTTP ").append(status);
      } catch (IOException e) {
        last = e;
        tried.append(tried.isEmpty() ? "" : "; ").append(url).append(": ").append(reason(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SchemaRegistryException("Interrupted while asking the schema registry.", true, e);
      }
    }
    throw new SchemaRegistryException(
        "The schema registry does not answer (%s). Check avro.schema-registry.url, the network and the registry."
            .formatted(tried),
        true,
        last);
  }

  private HttpRequest request(String address, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(config.timeout())
            .header("Accept", MEDIA_TYPE + ", application/json");
    SecretReference.parse(config.token())
        .ifPresent(token -> request.header("Authorization", "Bearer " + token.resolve()));
    SecretReference.parse(config.password())
        .ifPresent(password -> request.header("Authorization", basic(password.resolve())));
    return body == null
        ? request.GET().build()
        : request.header("Content-Type", MEDIA_TYPE).POST(body).build();
  }

  private String basic(String password) {
    byte[] user = (config.username() + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(user);
  }

  private static BodyPublisher body(Schema schema) {
    return BodyPublishers.ofString(
        JSON.createObjectNode().put("schema", schema.toString()).toString());
  }

  private static int number(Answer answer, String field) {
    return json(answer).path(field).asInt(0);
  }

  private static String said(Answer answer) {
    return json(answer).path("message").asText("").lines().findFirst().orElse("");
  }

  private static JsonNode json(Answer answer) {
    try {
      JsonNode node = JSON.readTree(answer.body());
      return node == null ? JSON.createObjectNode() : node;
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode();
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage().lines().findFirst().orElse("");
  }

  private static String escaped(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
