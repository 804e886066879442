package io.foreshock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.mqtt.SensorPlant;
import io.foreshock.cli.mqtt.SensorPublisher;
import io.foreshock.cli.mqtt.SensorReading;
import io.foreshock.cli.mqtt.SimulatedSensors;
import io.foreshock.local.LocalMosquitto;
import io.foreshock.model.Detection;
import io.foreshock.mqtt.MqttBridge;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From the sensor over MQTT, bridge, Kafka and the packaged job to the detection. */
@ExtendWith({NeedsMosquitto.class, WithInstallation.class})
class MqttSensorsITCase {
  private static final String TENANT = "sensors";
  private static final long SEED = 2026;

  @Test
  void reportsTheSensorThatGoesTooWarmAndTheOneTooHumidAndNoOther(Installation installation)
      throws Exception {
    installation.createTopics(TENANT);
    SimulatedSensors sensors = new SimulatedSensors(SEED, 50, Instant.now(), Duration.ofHours(3));
    assertThat(sensors.sensors()).isEqualTo(50);
    assertThat(sensors.expected().values())
        .as("seed %d", SEED)
        .containsExactlyInAnyOrder("overheating", "condensation");
    Path patterns = SensorPlant.writePatterns(installation.folder());
    String job =
        installation
            .flink()
            .run(
                Installation.jar(),
                List.of("--parallelism", "2"),
                installation.arguments(
                    TENANT, SensorPlant.jobOptions(patterns).toArray(String[]::new)));
    installation.flink().rest().awaitRunning(job, Duration.ofSeconds(60));

    try (LocalMosquitto mosquitto =
            LocalMosquitto.at(installation.folder().resolve("mosquitto")).start();
        SensorPublisher publisher = new SensorPublisher(mosquitto.port(), TENANT);
        CommittedReader<Detection> reader =
            new CommittedReader<>(
                installation.kafka().bootstrapServers(),
                TENANT + ".detections",
                Episodes::detection)) {
      publishWithABridgeThatIsAwayForAThird(installation, mosquitto, publisher, sensors);
      installation.awaitRead(TENANT, TENANT + ".telemetry.raw");
      installation.flink().rest().stopWithSavepoint(job, installation.flink().savepoints());

      Map<String, String> found =
          reader.readToTheEnd().stream()
              .collect(Collectors.toMap(d -> d.asset().assetId(), Detection::failureMode));
      assertThat(found).isEqualTo(sensors.expected());
    }
  }

  private static void publishWithABridgeThatIsAwayForAThird(
      Installation installation,
      LocalMosquitto mosquitto,
      SensorPublisher publisher,
      SimulatedSensors sensors) {
    List<List<SensorReading>> thirds = thirds(sensors.readings());
    try (MqttBridge bridge = startBridge(installation, mosquitto)) {
      publisher.publish(thirds.get(0));
      assertThat(bridge.failure()).isNotDone();
    }
    publisher.publish(thirds.get(1));
    try (MqttBridge bridge = startBridge(installation, mosquitto)) {
      publisher.publish(thirds.get(2));
      awaitAll(installation, sensors.readings().size());
      assertThat(bridge.failure()).isNotDone();
    }
  }

  /** Kafka has every message; some perhaps twice. */
  private static void awaitAll(Installation installation, int messages) {
    try (CommittedReader<String> raw =
        new CommittedReader<>(
            installation.kafka().bootstrapServers(),
            TENANT + ".telemetry.raw",
            MqttSensorsITCase::messageId)) {
      raw.readUntil(
          "all messages",
          Duration.ofSeconds(60),
          seen -> seen.size() >= messages && new HashSet<>(seen).size() == messages);
    }
  }

  private static String messageId(ConsumerRecord<byte[], byte[]> record) {
    try {
      return TelemetryMessage.parseFrom(record.value()).getMessageId();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static MqttBridge startBridge(Installation installation, LocalMosquitto mosquitto) {
    return SensorPlant.startBridge(
        mosquitto.url(), installation.kafka().bootstrapServers(), TENANT);
  }

  private static List<List<SensorReading>> thirds(List<SensorReading> all) {
    List<List<SensorReading>> thirds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      thirds.add(all.subList(i * all.size() / 3, (i + 1) * all.size() / 3));
    }
    return thirds;
  }
}
