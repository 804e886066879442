package io.foreshock.cli.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foreshock.cli.TestConsole;
import io.foreshock.model.AssetRef;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.asset.v1.ChannelMapping;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.samples.Readings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a real broker. */
class DlqITCase {
  private static final long DAY = 86_400_000L;

  @TempDir private static Path broker;
  private static LetterBox box;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    box = new LetterBox(broker);
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  @Test
  void countsByTenantAndReasonAndPrintsPlaces() throws Exception {
    long now = System.currentTimeMillis();
    box.createTopics("list");
    box.send("list", "pump-1", pump("list", 0).at(now).reading("speed_rpm", 1.0).bytes());
    box.send("list", "pump-1", "no telemetry".getBytes(StandardCharsets.UTF_8));
    box.send(
        "list", "pump-1", pump("list", 1).at(now + DAY).reading("shaft_speed_rpm", 1.0).bytes());
    box.send(
        "list",
        "pump-2",
        pump("list", 0).at(now).reading("shaft_speed_rpm", -5.0).reading("x_a", 1).bytes());
    assertThat(box.refuse("list", 1 << 20)).isEqualTo(3);
    // A second job has written the same letters.
    assertThat(box.refuse("list", 1 << 20)).isEqualTo(3);

    JsonNode all = json("list", "--tenant", "list");

    assertThat(all.get("letters").asInt()).isEqualTo(3);
    assertThat(all.get("groups").findValuesAsText("reason"))
        .containsExactly("IN_THE_FUTURE", "MALFORMED", "OUT_OF_RANGE");
    assertThat(json("list", "--tenant", "list", "--reason", "malformed").get("letters").asInt())
        .isEqualTo(1);
    assertThat(json("list", "--tenant", "list", "--from", "1h").get("letters").asInt())
        .isEqualTo(3);
    assertThat(json("list", "--tenant", "list", "--to", "1h").get("letters").asInt()).isZero();
    assertThat(
            json("list", "--topic", "list.telemetry.raw", "--partition", "0", "--offset", "2")
                .get("places")
                .findValuesAsText("reason"))
        .containsExactly("IN_THE_FUTURE");
    assertThat(run("list", "--tenant", "list", "--limit", "1").output())
        .contains("list.telemetry.raw/0/1/-1  MALFORMED  no TelemetryMessage")
        .contains("… and 2 more; --limit prints them.");
  }

  @Test
  void readsOneTenantAfterTheOther() throws Exception {
    List<String> tenants = List.of("row-1", "row-2", "row-3");
    for (String tenant : tenants) {
      box.createTopics(tenant);
    }
    for (int i = 0; i < 20; i++) {
      for (String tenant : tenants) {
        box.send(tenant, "pump-1", ("no telemetry " + i).getBytes(StandardCharsets.UTF_8));
      }
    }
    for (String tenant : tenants) {
      assertThat(box.refuse(tenant, 1 << 20)).isEqualTo(20);
      assertThat(box.refuse(tenant, 1 << 20)).as("written by a second job").isEqualTo(20);
    }
    List<String> seen =
        json(
                "list",
                "--limit",
                "1000",
                "--tenant",
                "row-3",
                "--tenant",
                "row-1",
                "--tenant",
                "row-2")
            .get("places")
            .findValuesAsText("tenant");
    assertThat(seen).isSorted().hasSize(60).containsAll(tenants);
  }

  @Test
  void showsOneLetterWithBytesTextAndMessage() throws Exception {
    long now = System.currentTimeMillis();
    box.createTopics("show");
    box.send("show", "pump-1", "{\"speed\": 12}".getBytes(StandardCharsets.UTF_8));
    box.send("show", "pump-1", pump("other", 0).at(now).reading("shaft_speed_rpm", 2).bytes());
    box.refuse("show", 1 << 20);

    assertThat(run("show", "show.telemetry.raw/0/0/-1").output())
        .contains("reason    MALFORMED")
        .contains("key       pump-1")
        .contains("text:\n{\"speed\": 12}")
        .contains("7b 22 73 70 65 65 64 22");
    assertThat(run("show", "show.telemetry.raw/0/1/-1").output())
        .contains("reason    WRONG_TENANT")
        .contains("decoded:\ntenant: \"other\"\ndevice_id: \"pump-1\"")
        .contains("replayed  no");
    TestConsole none = new TestConsole();
    assertThat(execute(none, "show", "show.telemetry.raw/0/7/-1")).isEqualTo(2);
    assertThat(none.errors())
        .contains("There is no dead letter show.telemetry.raw/0/7/-1 of show.");
    assertThat(execute(none, "show", "nonsense")).isEqualTo(2);
    assertThat(none.errors()).contains("\"nonsense\" is no place of a dead letter.");
  }

  @Test
  void replaysOnceWhatTheRulesAcceptNow() throws Exception {
    long now = System.currentTimeMillis();
    box.createTopics("replay");
    Readings large = pump("replay", 0).at(now);
    for (int i = 0; i < 5_000; i++) {
      large.at(now - i).reading("shaft_speed_rpm", i);
    }
    box.send("replay", "pump-1", large.bytes());
    box.send("replay", "pump-1", "no telemetry".getBytes(StandardCharsets.UTF_8));
    assertThat(large.bytes().length).isGreaterThan(64 * 1024);
    assertThat(box.refuse("replay", 4096)).isEqualTo(2);

    JsonNode dry = json("replay", "--tenant", "replay", "--dry-run");
    assertThat(dry.get("replayed").asInt()).isEqualTo(1);
    assertThat(box.records("replay.telemetry.raw")).hasSize(2);

    JsonNode first = json("replay", "--tenant", "replay");
    assertThat(first.get("replayed").asInt()).isEqualTo(1);
    assertThat(first.get("notReplayed").asInt()).isEqualTo(1);
    assertThat(first.get("problems").get(0).asText())
        .isEqualTo(
            "replay.telemetry.raw/0/1/-1: its bytes are no TelemetryMessage of this version");

    JsonNode second = json("replay", "--tenant", "replay");
    assertThat(second.get("replayed").asInt()).isZero();
    assertThat(second.get("alreadyReplayed").asInt()).isEqualTo(1);

    List<ConsumerRecord<byte[], byte[]>> raw = box.records("replay.telemetry.raw");
    assertThat(raw).hasSize(3);
    ConsumerRecord<byte[], byte[]> again = raw.get(2);
    assertThat(again.key()).isEqualTo("pump-1".getBytes(StandardCharsets.UTF_8));
    assertThat(again.headers().lastHeader("foreshock-replay-of").value())
        .isEqualTo("replay.telemetry.raw/0/0/-1".getBytes(StandardCharsets.UTF_8));
    TelemetryMessage message = TelemetryMessage.parseFrom(again.value());
    assertThat(message.getMessageId()).isEqualTo("replay.telemetry.raw/0/0/-1");
    assertThat(message.getBootId()).isEmpty();
    assertThat(message.getMeasurementsCount()).isEqualTo(5_000);
    JsonNode listed = json("list", "--tenant", "replay", "--reason", "oversized");
    assertThat(listed.get("places").get(0).get("replayed").asBoolean()).isTrue();
  }

  @Test
  void repairsBeforeItReplays() throws Exception {
    long now = System.currentTimeMillis();
    box.createTopics("repair");
    box.send(
        "repair",
        "pump-1",
        pump("repair", 0)
            .at(now)
            .reading("shaft_speed_rpm", 1480)
            .at(now + DAY)
            .reading("shaft_speed_rpm", 1490)
            .bytes());
    box.send(
        "repair", "pump-1", pump("elsewhere", 1).at(now).reading("shaft_speed_rpm", 3).bytes());
    assertThat(box.refuse("repair", 1 << 20)).isEqualTo(2);

    JsonNode refused = json("replay", "--tenant", "repair");
    assertThat(refused.get("replayed").asInt()).isZero();
    assertThat(refused.get("problems").get(0).asText())
        .contains("it would be refused again: IN_THE_FUTURE");
    json("replay", "--tenant", "repair", "--reason", "in_the_future", "--shift-time", "-24h");
    JsonNode last = json("replay", "--tenant", "repair", "--accept-tenant");
    assertThat(last.get("replayed").asInt()).isEqualTo(1);
    assertThat(last.get("alreadyReplayed").asInt()).isEqualTo(1);

    List<ConsumerRecord<byte[], byte[]>> raw = box.records("repair.telemetry.raw");
    assertThat(raw).hasSize(4);
    TelemetryMessage shifted = TelemetryMessage.parseFrom(raw.get(2).value());
    // Only the refused item; the other one has passed.
    assertThat(shifted.getMeasurementsList())
        .singleElement()
        .matches(item -> item.getValue() == 1490 && item.getEventTimeEpochMillis() == now);
    assertThat(shifted.getMessageId()).isEqualTo("repair.telemetry.raw/0/0/1");
    assertThat(TelemetryMessage.parseFrom(raw.get(3).value()).getTenant()).isEmpty();
  }

  @Test
  void replaysWhatIsRightInTheUnitsOfTheAssetRegistry() throws Exception {
    box.createTopics("units");
    // In °F; no bearing reports that in °C.
    box.send(
        "units",
        "pump-1",
        pump("units", 0)
            .at(System.currentTimeMillis())
            .reading("bearing_temperature_c", 400)
            .bytes());
    assertThat(box.refuse("units", 1 << 20)).isEqualTo(1);
    JsonNode unknown = json("replay", "--tenant", "units");
    assertThat(unknown.get("replayed").asInt()).isZero();
    assertThat(unknown.get("problems").get(0).asText()).contains("OUT_OF_RANGE");

    box.publish(
        "foreshock.assets",
        AssetDefinition.newBuilder()
            .setTenant("units")
            .setAssetId("pump-1")
            .addChannels(ChannelMapping.newBuilder().setFrom("bearing_temperature_c").setUnit("°F"))
            .build());
    assertThat(json("replay", "--tenant", "units").get("replayed").asInt()).isEqualTo(1);
    assertThat(
            TelemetryMessage.parseFrom(box.records("units.telemetry.raw").get(1).value())
                .getMeasurements(0)
                .getValue())
        .as("as the device sent it: the job converts")
        .isEqualTo(400);

    String[] without = {"--tenant", "units", "--again", "--dry-run", "--assets-topic", ""};
    assertThat(json("replay", without).get("replayed").asInt()).isZero();
    TestConsole console = new TestConsole();
    assertThat(execute(console, "replay", "--all", "--assets-topic", "nowhere")).isEqualTo(2);
    assertThat(console.errors()).contains("There is no topic nowhere of --assets-topic on ");
  }

  @Test
  void refusesToReplayEverythingByAccident() {
    TestConsole console = new TestConsole();
    assertThat(execute(console, "replay")).isEqualTo(2);
    assertThat(console.errors()).contains("Which letters?").contains("--all");
    assertThat(execute(console, "list", "--tenant", "nobody")).isEqualTo(2);
    assertThat(console.errors()).contains("There is no topic nobody.telemetry.dlq");
  }

  private static Readings pump(String tenant, long sequence) {
    return Readings.of(new AssetRef(tenant, "pump-1", "pump")).sequence(sequence);
  }

  private JsonNode json(String command, String... more) throws IOException {
    Path file = folder.resolve("out.json");
    List<String> arguments = new ArrayList<>(Arrays.asList(more));
    arguments.addAll(List.of("--json", file.toString()));
    TestConsole console = new TestConsole();
    int code = execute(console, command, arguments.toArray(String[]::new));
    JsonNode document = new ObjectMapper().readTree(file.toFile());
    assertThat(code)
        .as(console.errors() + console.output())
        .isEqualTo(document.path("notReplayed").asInt() == 0 ? 0 : 1);
    return document;
  }

  private static TestConsole run(String command, String... more) {
    TestConsole console = new TestConsole();
    assertThat(execute(console, command, more)).as(console.errors()).isZero();
    return console;
  }

  private static int execute(TestConsole console, String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of("dlq", command));
    arguments.addAll(Arrays.asList(more));
    arguments.addAll(List.of("--bootstrap-servers", box.servers(), "--verbose"));
    return console.execute(arguments);
  }
}
