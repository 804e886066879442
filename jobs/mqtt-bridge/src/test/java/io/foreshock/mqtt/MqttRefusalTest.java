package io.foreshock.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class MqttRefusalTest {
  private static final MqttConfig CONFIG =
      new MqttConfig(
          new BrokerAddress("plant", 8883, true),
          "bridge-1",
          "",
          "",
          () -> null,
          null,
          null,
          true,
          10,
          1000,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  @Test
  void anotherClientWithTheSameIdIsTheEnd() {
    Throwable cause = disconnect(Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER);

    assertThat(MqttRefusal.isTakenOver(cause)).isTrue();
    assertThat(MqttRefusal.explain(cause, CONFIG))
        .isEqualTo(
            "Another client came to MQTT broker mqtts://plant:8883 as \"bridge-1\" and took the"
                + " session over. Give each bridge an mqtt.client-id of its own.");
    assertThat(MqttRefusal.isTakenOver(disconnect(Mqtt5DisconnectReasonCode.SERVER_BUSY)))
        .isFalse();
  }

  @Test
  void knowsABrokerThatSendsTooMuch() {
    Throwable cause = disconnect(Mqtt5DisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED);

    assertThat(MqttRefusal.isOverrun(cause)).isTrue();
    assertThat(MqttRefusal.isFinal(cause)).isFalse();
  }

  @Test
  void certificatesAreFinalAndAbsentBrokersAreNot() {
    Throwable certificate =
        new RuntimeException(new SSLHandshakeException("No subject alternative names matching"));

    assertThat(MqttRefusal.isFinal(certificate)).isTrue();
    assertThat(MqttRefusal.explain(certificate, CONFIG))
        .contains("shows a certificate for another host");
    assertThat(MqttRefusal.isFinal(new ConnectException("Connection refused"))).isFalse();
    assertThat(MqttRefusal.explain(new RuntimeException(new UnknownHostException("plant")), CONFIG))
        .isEqualTo(
            "MQTT broker mqtts://plant:8883 cannot be reached: its host is not known. Check"
                + " mqtt.url.");
  }

  private static Throwable disconnect(Mqtt5DisconnectReasonCode reason) {
    return new Mqtt5DisconnectException(
        Mqtt5Disconnect.builder().reasonCode(reason).build(), "ended");
  }
}
