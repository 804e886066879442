package io.foreshock.runtime.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.codec.avro.ConfluentEncoder;
import io.foreshock.codec.avro.SchemaIds;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.kafka.NamedTopic;
import io.foreshock.runtime.kafka.RecordForm;
import io.foreshock.runtime.kafka.TopicPerTenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvroEncodersTest {
  private static final NamedTopic BEARING =
      new NamedTopic(".features.bearing", NamedTopic.COMPACTED);
  private static final NamedTopic TRIPS = new NamedTopic(".trips", Map.of());
  private static final Schema ROW = schema("Bearing");
  private static final Schema TRIP = schema("Trip");
  private static final Map<TopicPerTenant, Schema> SCHEMAS = Map.of(BEARING, ROW, TRIPS, TRIP);
  private static final AtomicLong NANOS = new AtomicLong();

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
  void registersEverySchemaOfEveryTenantAtStart() {
    AvroEncoders.prepare(config(true), List.of("acme", "globex"), SCHEMAS);

    assertThat(server.subjects().keySet())
        .containsExactlyInAnyOrder(
            "acme.features.bearing-value",
            "acme.trips-value",
            "globex.features.bearing-value",
            "globex.trips-value");
    int asked = server.questions().size();
    AvroEncoders.prepare(config(false), List.of("acme", "globex"), SCHEMAS);
    assertThat(server.questions()).hasSize(asked + 4);
  }

  @Test
  void refusesToStartWithEverySchemaThatIsMissing() {
    assertThatThrownBy(() -> AvroEncoders.prepare(config(false), List.of("acme"), SCHEMAS))
        .isInstanceOfSatisfying(
            StartRefused.class,
            refused ->
                assertThat(refused.problems())
                    .containsExactlyInAnyOrder(
                        "Subject \"acme.features.bearing-value\" of the schema registry does not have the schema of io.foreshock.Bearing, and avro.schema-registry.auto-register is false. Register it, or set that to true.",
                        "Subject \"acme.trips-value\" of the schema registry does not have the schema of io.foreshock.Trip, and avro.schema-registry.auto-register is false. Register it, or set that to true."));
  }

  @Test
  void refusesToStartWithoutTheRegistry() {
    server.close();

    assertThatThrownBy(() -> AvroEncoders.prepare(config(true), List.of("acme"), SCHEMAS))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("The schema registry does not answer (" + server.url());
  }

  /** What a task does that is restarted from the job's graph. */
  @Test
  void writesKnownSchemasWithoutTheRegistry() throws Exception {
    AvroValueEncoder prepared = AvroEncoders.prepare(config(true), List.of("acme"), SCHEMAS);
    server.close();
    AvroValueEncoder restarted = InstantiationUtil.clone(prepared);

    byte[] first = restarted.encode("acme.features.bearing", row(ROW));
    byte[] newTenant = restarted.encode("globex.features.bearing", row(ROW));
    assertThat(first).startsWith(0, 0, 0, 0).isEqualTo(newTenant);
    assertThatThrownBy(() -> restarted.encode("acme.other", row(schema("Other"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "Values of io.foreshock.Other cannot be written to subject \"acme.other-value\": the job did not declare this schema at start, and The schema registry does not answer");
  }

  @Test
  void asksForANewTenantUntilTheRegistryAnswers() {
    RegisteredSchemas schemas = new RegisteredSchemas(config(true), NANOS::get);
    int id = schemas.settle("acme.features.bearing-value", ROW);
    server.answerAlways(503, "");
    int asked = server.questions().size();

    for (int value = 0; value < 10; value++) {
      assertThat(schemas.idOf("globex.features.bearing-value", ROW))
          .isEqualTo(new SchemaIds.Id(id, false));
    }
    assertThat(server.questions()).hasSize(asked + 1);
    server.answerAlways(0, "");
    assertThat(schemas.idOf("globex.features.bearing-value", ROW).settled()).isFalse();
    NANOS.addAndGet(Duration.ofSeconds(RegisteredSchemas.AGAIN_SECONDS).toNanos());
    assertThat(schemas.idOf("globex.features.bearing-value", ROW))
        .isEqualTo(new SchemaIds.Id(id, true));
    assertThat(server.subjects()).containsKey("globex.features.bearing-value");
  }

  @Test
  void aRecordWithoutFieldsIsATombstone() {
    AvroValueEncoder encoder = new ConfluentEncoder((subject, schema) -> new SchemaIds.Id(7, true));
    RecordForm<String> form = AvroRecordForm.encoded(new Assets(), encoder);

    assertThat(form.value("gone")).isNull();
    assertThat(form.key("gone")).asString().isEqualTo("gone");
    assertThat(form.topic("gone").of(form.tenant("gone"))).isEqualTo("acme.features.bearing");
    assertThat(form.value("here")).startsWith(0, 0, 0, 0, 7);
  }

  private record Assets() implements AvroRecordForm<String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String tenant(String asset) {
      return "acme";
    }

    @Override
    public TopicPerTenant topic(String asset) {
      return BEARING;
    }

    @Override
    public byte[] key(String asset) {
      return asset.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public IndexedRecord fields(String asset) {
      return asset.equals("gone") ? null : row(ROW);
    }
  }

  private static Schema schema(String name) {
    return SchemaBuilder.record(name)
        .namespace("io.foreshock")
        .fields()
        .requiredString("assetId")
        .endRecord();
  }

  private static GenericRecord row(Schema schema) {
    return new GenericRecordBuilder(schema).set("assetId", "pump-1").build();
  }

  private AvroConfig config(boolean autoRegister) {
    return new AvroConfig(
        List.of(server.url()), autoRegister, "", "", "", "", Duration.ofSeconds(5));
  }
}
