package io.foreshock.e2e;

import static io.foreshock.e2e.FeatureVersions.FIRST;
import static io.foreshock.e2e.FeatureVersions.MAX;
import static io.foreshock.e2e.FeatureVersions.MEAN;
import static io.foreshock.e2e.FeatureVersions.SECOND;
import static io.foreshock.e2e.FeatureVersions.STD;
import static io.foreshock.e2e.FeatureVersions.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.codec.avro.ConfluentDecoder;
import io.foreshock.local.LocalSchemaRegistry;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.avro.AvroConfig;
import io.foreshock.runtime.avro.AvroEncoders;
import io.foreshock.runtime.avro.AvroOptions;
import io.foreshock.runtime.avro.SchemaRegistry;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.KafkaConfig;
import io.foreshock.runtime.kafka.KafkaOptions;
import io.foreshock.runtime.kafka.NamedTopic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Confluent's wire format with a real registry, which is Apicurio. Each test has a set of its own.
 */
@ExtendWith(NeedsSchemaRegistry.class)
class SchemaRegistryITCase {
  private static final String TENANT = "acme";

  private static LocalSchemaRegistry registry;

  @BeforeAll
  static void start(@TempDir Path folder) {
    registry = LocalSchemaRegistry.start(folder);
  }

  @AfterAll
  static void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @Test
  void oldAndNewConsumersReadOldAndNewRows() throws Exception {
    byte[] oldRow = encoder("read", FIRST, true).encode(topic("read"), row(FIRST, 1, 2.5, 9.5));
    require("acme.features.read-value", "FULL");
    byte[] newRow = encoder("read", SECOND, true).encode(topic("read"), row(SECOND, 2, 3.5, 0.1));

    assertThat(oldRow[0]).isZero();
    assertThat(ByteBuffer.wrap(oldRow).getInt(1)).isNotEqualTo(ByteBuffer.wrap(newRow).getInt(1));
    GenericRecord newByOld = decoder(FIRST).decode(newRow);
    assertThat(newByOld.get(MEAN)).isEqualTo(3.5);
    assertThat(newByOld.get(MAX)).isNull();
    assertThat(newByOld.get("feature_set_version")).isEqualTo(2);
    GenericRecord oldByNew = decoder(SECOND).decode(oldRow);
    assertThat(oldByNew.get(MEAN)).isEqualTo(2.5);
    assertThat(oldByNew.get(STD)).isNull();
    assertThat(decoder(FIRST).decode(oldRow).get(MAX)).isEqualTo(9.5);
  }

  @Test
  void aSchemaThatBreaksReadersKeepsTheJobFromStarting() throws Exception {
    encoder("broken", FIRST, true);
    require("acme.features.broken-value", "FULL");
    Schema text =
        SchemaBuilder.record("Bearing")
            .namespace(FeatureSchema.NAMESPACE)
            .fields()
            .requiredString(MEAN)
            .endRecord();

    assertThatThrownBy(() -> encoder("broken", text, config(true)))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(
            "The schema registry "
                + registry.url()
                + " refuses subject \"acme.features.broken-value\" (HTTP 409")
        .hasMessageEndingWith(
            "The schema breaks readers or old values. Undo the change, or agree on it and relax the subject's compatibility.");
  }

  @Test
  void aSchemaThatIsNotRegisteredKeepsTheJobFromStarting() {
    assertThatThrownBy(() -> encoder("strict", FIRST, false))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(
            "Subject \"acme.features.strict-value\" of the schema registry does not have the schema of io.foreshock.features.Bearing");
    AvroValueEncoder first = encoder("strict", FIRST, true);
    AvroValueEncoder second = encoder("strict", FIRST, false);

    assertThat(second.encode(topic("strict"), row(FIRST, 1, 1, 2)))
        .isEqualTo(first.encode(topic("strict"), row(FIRST, 1, 1, 2)));
  }

  @Test
  void aRunningJobDoesNotNeedTheRegistry() throws Exception {
    AvroValueEncoder prepared = encoder("away", FIRST, true);
    byte[] before = prepared.encode(topic("away"), row(FIRST, 1, 2.5, 9.5));
    registry.kill();
    try {
      AvroValueEncoder restarted = InstantiationUtil.clone(prepared);

      assertThat(restarted.encode(topic("away"), row(FIRST, 1, 2.5, 9.5))).isEqualTo(before);
      assertThat(restarted.encode("globex.features.away", row(FIRST, 1, 2.5, 9.5)))
          .isEqualTo(before);
      assertThatThrownBy(() -> encoder("away", FIRST, true))
          .isInstanceOf(StartRefused.class)
          .hasMessageStartingWith("The schema registry does not answer (" + registry.url());
    } finally {
      registry.restart();
    }
    assertThat(decoder(FIRST).decode(before).get(MEAN)).isEqualTo(2.5);
  }

  private static AvroValueEncoder encoder(String set, FeatureSet version, boolean register) {
    return encoder(set, FeatureSchema.of(version), config(register));
  }

  private static AvroValueEncoder encoder(String set, Schema schema, AvroConfig config) {
    return AvroEncoders.prepare(
        config, kafka(), Map.of(new NamedTopic(".features." + set, Map.of()), schema));
  }

  private static ConfluentDecoder decoder(FeatureSet reader) {
    return new ConfluentDecoder(FeatureSchema.of(reader), new SchemaRegistry(config(false)));
  }

  private static String topic(String set) {
    return TENANT + ".features." + set;
  }

  private static AvroConfig config(boolean register) {
    return AvroConfig.from(
        Settings.read(
            new Options(AvroOptions.ALL),
            CommandLine.parse(
                new String[] {
                  "-Davro.schema-registry.url=" + registry.url(),
                  "-Davro.schema-registry.auto-register=" + register
                })));
  }

  /** Names its tenant, so no broker is asked. */
  private static KafkaConfig kafka() {
    List<Option<?>> options = new ArrayList<>(KafkaOptions.OF_SOURCES);
    options.addAll(KafkaOptions.OF_SINKS);
    return KafkaConfig.from(
        Settings.read(
            new Options(options).family(KafkaOptions.CLIENT_FAMILY, ""),
            CommandLine.parse(
                new String[] {
                  "-Dkafka.bootstrap-servers=nobody:9092",
                  "-Dinstallation=e2e",
                  "-Dtenants=" + TENANT
                })));
  }

  /** What the registry demands of a new version of a subject. */
  private static void require(String subject, String compatibility) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry.url() + "/config/" + subject))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"compatibility\":\"%s\"}".formatted(compatibility)))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }
}
