package io.foreshock.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.AlertCodec;
import io.foreshock.model.Alert;
import io.foreshock.proto.command.v1.Command;
import io.foreshock.proto.command.v1.FalseAlarm;
import io.foreshock.proto.command.v1.Resolve;
import io.foreshock.samples.Alerts;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CommandExchangeTest {
  private static final String ID = Alerts.alert().id();

  private static Alert alert(Command.Builder command) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "acme.alerts",
            0,
            7,
            ID.getBytes(StandardCharsets.UTF_8),
            AlertCodec.encode(Alerts.alert()));
    return CommandExchange.alert(record, command.build(), ID, null);
  }

  @Test
  void takesTheRecordThatNamesTheCommand() {
    assertThat(alert(Command.newBuilder().setId("command-1"))).isEqualTo(Alerts.alert());
    assertThat(alert(Command.newBuilder().setId("other").setResolve(Resolve.getDefaultInstance())))
        .isNull();
  }

  @Test
  void takesAClosedAlertThatIsAFalseAlarmNow() {
    assertThat(
            alert(
                Command.newBuilder()
                    .setId("other")
                    .setFalseAlarm(FalseAlarm.newBuilder().setAlertId(ID))))
        .isEqualTo(Alerts.alert());
  }
}
