package io.foreshock.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.Command;
import io.foreshock.model.CommandAnswer;
import io.foreshock.model.Notification;
import io.foreshock.proto.command.v1.Acknowledge;
import io.foreshock.proto.command.v1.MaintenanceDone;
import io.foreshock.proto.command.v1.Silence;
import io.foreshock.proto.command.v1.Unsilence;
import io.foreshock.samples.Alerts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertCodecsTest {
  private static final Validator VALIDATOR = ValidatorFactory.newBuilder().build();

  @Test
  void readsBackAlertsAndNotificationsThatKeepTheContract() throws Exception {
    byte[] alert = AlertCodec.encode(Alerts.alert());
    assertThat(AlertCodec.decode(alert)).isEqualTo(Alerts.alert());
    assertThat(
            VALIDATOR.validate(io.foreshock.proto.alert.v1.Alert.parseFrom(alert)).getViolations())
        .isEmpty();

    byte[] page = NotificationCodec.encode(Alerts.page());
    assertThat(NotificationCodec.decode(page)).isEqualTo(Alerts.page());
    assertThat(
            VALIDATOR
                .validate(io.foreshock.proto.notification.v1.Notification.parseFrom(page))
                .getViolations())
        .isEmpty();
    for (Notification.Kind kind : Notification.Kind.values()) {
      assertThat(io.foreshock.proto.notification.v1.Kind.forNumber(kind.ordinal() + 1).name())
          .isEqualTo("KIND_" + kind);
    }
    for (var state : io.foreshock.model.Alert.State.values()) {
      assertThat(io.foreshock.proto.alert.v1.State.forNumber(state.ordinal() + 1).name())
          .isEqualTo("STATE_" + state);
    }
  }

  @Test
  void refusesAlertsThatItCannotRead() {
    assertThatThrownBy(() -> AlertCodec.decode(new byte[0]))
        .isInstanceOf(InvalidProtocolBufferException.class);
    assertThatThrownBy(() -> NotificationCodec.decode(new byte[] {1, 2, 3}))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  @Test
  void readsBackEachKindOfCommand() throws Exception {
    for (Command.Action action : Command.Action.values()) {
      Command command = command(action);
      byte[] bytes = CommandCodec.encode(command);
      List<String> problems = new ArrayList<>();

      assertThat(CommandCodec.decode("acme", bytes, 2, 90_211, problems)).isEqualTo(command);

      assertThat(problems).isEmpty();
      assertThat(
              VALIDATOR
                  .validate(io.foreshock.proto.command.v1.Command.parseFrom(bytes))
                  .getViolations())
          .isEmpty();
    }
  }

  private static Command command(Command.Action action) {
    boolean interval =
        action == Command.Action.SILENCE || action == Command.Action.MAINTENANCE_WINDOW;
    boolean done = action == Command.Action.MAINTENANCE_DONE;
    return new Command(
        "acme",
        "command-1",
        Alerts.AT,
        "eva",
        "pump-1",
        action.mayBeAboutGroup() ? "vienna" : "",
        action.mayBeAboutGroup() ? "pump" : "",
        "because",
        action,
        action.isAboutAlert() ? "pump-1/bearing/wear" : "",
        action.isAboutAlert() ? "" : "bearing",
        interval ? Alerts.AT : 0,
        interval || done ? Alerts.AT + 1 : 0,
        action == Command.Action.UNSILENCE ? "command-0" : "",
        2,
        90_211);
  }

  @Test
  void namesEveryRuleThatACommandBreaks() throws Exception {
    List<String> problems = new ArrayList<>();
    var wire = io.foreshock.proto.command.v1.Command.newBuilder();

    assertThat(CommandCodec.decode("acme", wire.build().toByteArray(), 0, 0, problems)).isNull();
    assertThat(problems)
        .containsExactly(
            "id must not be empty",
            "issued_at_epoch_millis must lie between 1970 and 2100, but is 0",
            "issued_by must say who gave the command",
            "an action must be set that this version knows");

    wire.setId("c").setIssuedAtEpochMillis(Alerts.AT).setIssuedBy("eva");
    assertThat(
            problems(
                wire.setSilence(Silence.newBuilder().setFromEpochMillis(5)).build().toByteArray()))
        .containsExactly(
            "until_epoch_millis must be after from_epoch_millis and before 2100, but they are 0 and 5");
    assertThat(
            problems(
                wire.setMaintenanceDone(MaintenanceDone.newBuilder().setComponent("bearing"))
                    .build()
                    .toByteArray()))
        .containsExactly(
            "asset_id must name the machine that was worked on",
            "maintenance_done.finished_at_epoch_millis must lie between 1970 and 2100, but is 0");
    wire.setAcknowledge(Acknowledge.newBuilder().setAlertId("pump-1"));
    assertThat(problems(wire.build().toByteArray()))
        .containsExactly(
            "alert_id must be <asset id>/<component>/<failure mode>, but is \"pump-1\"");
    wire.setAcknowledge(Acknowledge.newBuilder().setAlertId("pump-1/bearing/wear"));
    assertThat(problems(wire.setAssetId("pump-2").build().toByteArray()))
        .containsExactly("asset_id is \"pump-2\", but alert \"pump-1/bearing/wear\" is of another");
  }

  @Test
  void refusesWhatIsLongerThanTheContractAllowsAndFitsTheAnswerIntoARecord() throws Exception {
    String name = "ü".repeat(100_000);
    var wire = io.foreshock.proto.command.v1.Command.newBuilder();
    wire.setId(name).setIssuedAtEpochMillis(Alerts.AT).setIssuedBy(name).setAssetId(name);
    wire.setSite(name).setAssetClass(name).setComment(name);
    wire.setAcknowledge(Acknowledge.newBuilder().setAlertId(name + "/bearing/wear"));

    assertThat(problems(wire.build().toByteArray()))
        .hasSize(VALIDATOR.validate(wire.build()).getViolations().size())
        .contains(
            "id must be at most 128 characters, but has 100000",
            "alert_id must be at most 512 characters, but has 100013")
        .allMatch(problem -> problem.length() < 200);
    assertThat(CommandCodec.idOf(wire.build().toByteArray())).hasSize(128);
    wire.setAcknowledge(Acknowledge.newBuilder().setAlertId(name));
    assertThat(problems(wire.build().toByteArray()))
        .allMatch(problem -> problem.length() < 200)
        .anyMatch(problem -> problem.startsWith("alert_id must be <asset id>/"));

    wire.clear().setId("c").setIssuedAtEpochMillis(Alerts.AT).setIssuedBy("eva");
    wire.setUnsilence(Unsilence.newBuilder().setCommandId(name).setComponent(name));
    assertThat(problems(wire.build().toByteArray()))
        .containsExactly(
            "unsilence.command_id must be at most 128 characters, but has 100000",
            "component must be at most 63 characters, but has 100000");
    wire.setComment("ü".repeat(4096)).setUnsilence(Unsilence.newBuilder().setComponent("seal"));
    assertThat(problems(wire.build().toByteArray())).isEmpty();
  }

  private static List<String> problems(byte[] bytes) throws InvalidProtocolBufferException {
    List<String> problems = new ArrayList<>();
    CommandCodec.decode("acme", bytes, 0, 0, problems);
    return problems;
  }

  @Test
  void readsBackAnswers() throws Exception {
    CommandAnswer refused =
        new CommandAnswer("acme", "command-1", false, "no such alert", Alerts.AT, 0, 1, 2);

    assertThat(CommandCodec.decodeAnswer("acme", CommandCodec.encode(refused))).isEqualTo(refused);
  }

  @Test
  void givesIdsThatPeopleCanReadAndThatLeadBack() {
    assertThat(AlertIds.of("pump-1", "bearing", "wear")).isEqualTo("pump-1/bearing/wear");
    assertThat(AlertIds.parts("pump-1/bearing/wear")).containsExactly("pump-1", "bearing", "wear");
    String odd = AlertIds.of("a/b%2F", "100%", "c");
    assertThat(AlertIds.parts(odd)).containsExactly("a/b%2F", "100%", "c");
    assertThat(odd.chars().filter(c -> c == '/')).hasSize(2);
    assertThat(AlertIds.parts("a/b")).isEmpty();
    assertThat(AlertIds.parts("a//b")).isEmpty();
    assertThat(AlertIds.parts("")).isEmpty();
  }
}
