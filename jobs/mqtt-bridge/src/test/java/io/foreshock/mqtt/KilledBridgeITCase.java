package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.local.Await;
import io.foreshock.local.LocalMosquitto;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.operators.order.OrderTelemetryFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bridge as a process that dies or is stopped. */
@ExtendWith(NeedsMosquitto.class)
class KilledBridgeITCase {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private LocalMosquitto mosquitto;
  private final String tenant = Kafka.newTenant();

  @BeforeEach
  void startMosquitto() {
    mosquitto = LocalMosquitto.at(Kafka.folder("mosquitto")).start();
  }

  @AfterEach
  void stopMosquitto() {
    mosquitto.close();
  }

  @Test
  void losesNothingWhenItIsKilledAndTheJobsDropWhatComesTwice() throws Exception {
    int count = 100;
    try (Devices devices = new Devices(mosquitto)) {
      killBetweenKafkaAndAcknowledgement(devices, count);
      devices.readings(tenant, 20);
      try (MqttBridge next = Bridges.of(mosquitto, tenant).start()) {
        List<RawRecord> records =
            Kafka.raw(
                tenant, raw -> raw.size() >= 2 * count + 20 && Kafka.ids(raw).size() == count + 20);
        Await.until(
            "everything to be acknowledged",
            PATIENCE,
            () -> Bridges.metric(next.metricsPort(), "foreshock_mqtt_in_flight") == 0);

        assertThat(records).as("the first hundred came twice").hasSize(2 * count + 20);
        assertThat(throughTheJobs(records))
            .containsExactlyElementsOf(IntStream.range(0, count + 20).boxed().toList());
      }
      // All was acknowledged, so a third bridge gets nothing.
      try (MqttBridge third = Bridges.of(mosquitto, tenant).start()) {
        devices.readings(tenant, 1);
        assertThat(Kafka.distinct(tenant, count + 21)).hasSize(2 * count + 21);
        assertThat(third.failure()).isNotDone();
      }
    }
  }

  /** Kafka has all, the MQTT broker has no acknowledgement, the bridge is dead. */
  private void killBetweenKafkaAndAcknowledgement(Devices devices, int count) throws IOException {
    try (HoldingProxy proxy = new HoldingProxy(mosquitto.port());
        BridgeProcess bridge =
            BridgeProcess.start(
                    Bridges.of(mosquitto, tenant).with("mqtt.url", proxy.url()), Map.of())
                .awaitRunning()) {
      proxy.hold();
      devices.readings(tenant, count);
      Kafka.distinct(tenant, count);
      bridge.kill();
    }
  }

  @Test
  void stopsOnRequestWithExitCodeZeroAndLeavesNothingBehind() {
    try (Devices devices = new Devices(mosquitto);
        BridgeProcess bridge =
            BridgeProcess.start(Bridges.of(mosquitto, tenant), Map.of()).awaitRunning()) {
      devices.readings(tenant, 200);
      bridge.terminate();

      assertThat(bridge.exitCode()).as(bridge.output()).isZero();
      assertThat(bridge.output()).contains("The MQTT bridge has stopped.");
      try (MqttBridge next = Bridges.of(mosquitto, tenant).start()) {
        assertThat(Kafka.distinct(tenant, 200)).as("none twice").hasSize(200);
        assertThat(next.failure()).isNotDone();
      }
    }
  }

  @Test
  void goesOnThoughAnotherClientHasItsName() {
    try (BridgeProcess bridge =
            BridgeProcess.start(Bridges.of(mosquitto, tenant), Map.of()).awaitRunning();
        MqttBridge other = Bridges.of(mosquitto, tenant).start()) {
      // Mosquitto ends the older connection without a word; others say why, see MqttRefusalTest.
      Await.until(
          "both to be thrown out again and again",
          PATIENCE,
          () -> Bridges.metric(other.metricsPort(), "foreshock_mqtt_reconnects_total") >= 4);
      assertThat(bridge.output()).doesNotContain("\tat ");
      assertThat(other.failure()).isNotDone();
    }
  }

  /** What the order operator of every job passes on: values in order. */
  private List<Integer> throughTheJobs(List<RawRecord> records) throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new OrderTelemetryFunction(OrderRules.DEFAULT)),
            (TelemetryBatch batch) -> batch.asset().key(),
            Types.STRING)) {
      harness.open();
      for (RawRecord record : records) {
        harness.processElement(
            TelemetryCodec.toBatch(Kafka.message(record), tenant, record.appendTimeMillis(), false),
            record.appendTimeMillis());
      }
      return harness.extractOutputValues().stream()
          .map(batch -> (int) batch.measurements().get(0).value())
          .toList();
    }
  }
}
