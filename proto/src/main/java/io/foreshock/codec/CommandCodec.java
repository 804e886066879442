package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.Command;
import io.foreshock.model.CommandAnswer;
import io.foreshock.proto.command.v1.Acknowledge;
import io.foreshock.proto.command.v1.CommandOutcome;
import io.foreshock.proto.command.v1.FalseAlarm;
import io.foreshock.proto.command.v1.MaintenanceDone;
import io.foreshock.proto.command.v1.MaintenanceWindow;
import io.foreshock.proto.command.v1.Resolve;
import io.foreshock.proto.command.v1.Silence;
import io.foreshock.proto.command.v1.Unsilence;
import java.util.List;

/**
 * {@link Command} to the bytes on {@code <tenant>.commands} and back, and the answers on {@code
 * <tenant>.commands.answers}. A command's tenant, partition and offset are not on the wire.
 */
public final class CommandCodec {
  // The limits of command.proto, in characters (code points).
  private static final int LONGEST_ID = 128;
  private static final int LONGEST_NAME = 63;
  private static final int LONGEST_PERSON = 256;
  private static final int LONGEST_ALERT_ID = 512;
  private static final int LONGEST_COMMENT = 4096;

  private CommandCodec() {}

  public static byte[] encode(Command command) {
    var message =
        io.foreshock.proto.command.v1.Command.newBuilder()
            .setId(command.id())
            .setIssuedAtEpochMillis(command.issuedAtMillis())
            .setIssuedBy(command.issuedBy())
            .setAssetId(command.assetId())
            .setSite(command.site())
            .setAssetClass(command.assetClass())
            .setComment(command.comment());
    switch (command.action()) {
      case ACKNOWLEDGE ->
          message.setAcknowledge(Acknowledge.newBuilder().setAlertId(command.alertId()));
      case SILENCE ->
          message.setSilence(
              Silence.newBuilder()
                  .setFromEpochMillis(command.fromMillis())
                  .setUntilEpochMillis(command.untilMillis())
                  .setComponent(command.component()));
      case MAINTENANCE_DONE ->
          message.setMaintenanceDone(
              MaintenanceDone.newBuilder()
                  .setComponent(command.component())
                  .setFinishedAtEpochMillis(command.untilMillis()));
      case FALSE_ALARM ->
          message.setFalseAlarm(FalseAlarm.newBuilder().setAlertId(command.alertId()));
      case UNSILENCE ->
          message.setUnsilence(
              Unsilence.newBuilder()
                  .setCommandId(command.target())
                  .setComponent(command.component()));
      case RESOLVE -> message.setResolve(Resolve.newBuilder().setAlertId(command.alertId()));
      case MAINTENANCE_WINDOW ->
          message.setMaintenanceWindow(
              MaintenanceWindow.newBuilder()
                  .setFromEpochMillis(command.fromMillis())
                  .setUntilEpochMillis(command.untilMillis())
                  .setComponent(command.component()));
    }
    return message.build().toByteArray();
  }

  /**
   * Reads a command and checks the rules of the contract.
   *
   * @param problems receives every rule that is broken, in words
   * @return the command; null when it has problems
   * @throws InvalidProtocolBufferException when the bytes are no Command
   */
  public static Command decode(
      String tenant, byte[] bytes, int partition, long offset, List<String> problems)
      throws InvalidProtocolBufferException {
    var wire = io.foreshock.proto.command.v1.Command.parseFrom(bytes);
    require(!wire.getId().isEmpty(), "id must not be empty", problems);
    limit("id", wire.getId(), LONGEST_ID, problems);
    require(
        TelemetryRules.isEventTime(wire.getIssuedAtEpochMillis()),
        "issued_at_epoch_millis must lie between 1970 and 2100, but is "
            + wire.getIssuedAtEpochMillis(),
        problems);
    require(!wire.getIssuedBy().isEmpty(), "issued_by must say who gave the command", problems);
    limit("issued_by", wire.getIssuedBy(), LONGEST_PERSON, problems);
    limit("asset_id", wire.getAssetId(), LONGEST_ID, problems);
    limit("site", wire.getSite(), LONGEST_ID, problems);
    limit("asset_class", wire.getAssetClass(), LONGEST_NAME, problems);
    limit("comment", wire.getComment(), LONGEST_COMMENT, problems);
    Command command = action(tenant, wire, partition, offset, problems);
    return problems.isEmpty() ? command : null;
  }

  /**
   * The id of a command as far as it can be read; empty when it cannot. One that is too long is
   * cut, so that its answer fits into a record.
   */
  public static String idOf(byte[] bytes) {
    try {
      return cut(io.foreshock.proto.command.v1.Command.parseFrom(bytes).getId());
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }

  private static Command action(
      String tenant,
      io.foreshock.proto.command.v1.Command wire,
      int partition,
      long offset,
      List<String> problems) {
    Parts parts =
        switch (wire.getActionCase()) {
          case ACKNOWLEDGE ->
              Parts.alert(Command.Action.ACKNOWLEDGE, wire.getAcknowledge().getAlertId(), problems);
          case FALSE_ALARM ->
              Parts.alert(Command.Action.FALSE_ALARM, wire.getFalseAlarm().getAlertId(), problems);
          case RESOLVE ->
              Parts.alert(Command.Action.RESOLVE, wire.getResolve().getAlertId(), problems);
          case SILENCE -> {
            Silence silence = wire.getSilence();
            yield Parts.interval(
                Command.Action.SILENCE,
                silence.getComponent(),
                silence.getFromEpochMillis(),
                silence.getUntilEpochMillis(),
                problems);
          }
          case MAINTENANCE_WINDOW -> {
            MaintenanceWindow window = wire.getMaintenanceWindow();
            yield Parts.interval(
                Command.Action.MAINTENANCE_WINDOW,
                window.getComponent(),
                window.getFromEpochMillis(),
                window.getUntilEpochMillis(),
                problems);
          }
          case MAINTENANCE_DONE -> {
            MaintenanceDone done = wire.getMaintenanceDone();
            require(
                !wire.getAssetId().isEmpty(),
                "asset_id must name the machine that was worked on",
                problems);
            require(
                !done.getComponent().isEmpty(),
                "maintenance_done.component must name the part that was worked on",
                problems);
            require(
                TelemetryRules.isEventTime(done.getFinishedAtEpochMillis()),
                "maintenance_done.finished_at_epoch_millis must lie between 1970 and 2100, but is "
                    + done.getFinishedAtEpochMillis(),
                problems);
            yield new Parts(
                Command.Action.MAINTENANCE_DONE,
                "",
                done.getComponent(),
                0,
                done.getFinishedAtEpochMillis(),
                "");
          }
          case UNSILENCE -> {
            limit("unsilence.command_id", wire.getUnsilence().getCommandId(), LONGEST_ID, problems);
            yield new Parts(
                Command.Action.UNSILENCE,
                "",
                wire.getUnsilence().getComponent(),
                0,
                0,
                wire.getUnsilence().getCommandId());
          }
          case ACTION_NOT_SET -> {
            problems.add("an action must be set that this version knows");
            yield null;
          }
        };
    if (parts == null) {
      return null;
    }
    limit("component", parts.component(), LONGEST_NAME, problems);
    String assetId = wire.getAssetId();
    if (parts.action().isAboutAlert() && problems.isEmpty()) {
      String ofAlert = AlertIds.parts(parts.alertId()).get(0);
      require(
          assetId.isEmpty() || assetId.equals(ofAlert),
          "asset_id is \""
              + cut(assetId)
              + "\", but alert \""
              + cut(parts.alertId())
              + "\" is of another",
          problems);
      assetId = ofAlert;
    }
    return new Command(
        tenant,
        wire.getId(),
        wire.getIssuedAtEpochMillis(),
        wire.getIssuedBy(),
        assetId,
        wire.getSite(),
        wire.getAssetClass(),
        wire.getComment(),
        parts.action(),
        parts.alertId(),
        parts.component(),
        parts.fromMillis(),
        parts.untilMillis(),
        parts.target(),
        partition,
        offset);
  }

  private record Parts(
      Command.Action action,
      String alertId,
      String component,
      long fromMillis,
      long untilMillis,
      String target) {

    static Parts alert(Command.Action action, String alertId, List<String> problems) {
      require(
          !AlertIds.parts(alertId).isEmpty(),
          "alert_id must be <asset id>/<component>/<failure mode>, but is \"" + cut(alertId) + "\"",
          problems);
      limit("alert_id", alertId, LONGEST_ALERT_ID, problems);
      return new Parts(action, alertId, "", 0, 0, "");
    }

    static Parts interval(
        Command.Action action, String component, long from, long until, List<String> problems) {
      require(
          from >= 0 && until > from && until <= TelemetryRules.LAST_EPOCH_MILLIS,
          "until_epoch_millis must be after from_epoch_millis and before 2100, but they are "
              + until
              + " and "
              + from,
          problems);
      return new Parts(action, "", component, from, until, "");
    }
  }

  private static void limit(String field, String value, int longest, List<String> problems) {
    int length = value.codePointCount(0, value.length());
    require(
        length <= longest,
        field + " must be at most " + longest + " characters, but has " + length,
        problems);
  }

  /** As much of a text from outside as an answer repeats. */
  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_ID
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_ID - 1)) + "…";
  }

  private static void require(boolean holds, String problem, List<String> problems) {
    if (!holds) {
      problems.add(problem);
    }
  }

  public static byte[] encode(CommandAnswer answer) {
    return io.foreshock.proto.command.v1.CommandAnswer.newBuilder()
        .setCommandId(answer.commandId())
        .setOutcome(
            answer.accepted()
                ? CommandOutcome.COMMAND_OUTCOME_ACCEPTED
                : CommandOutcome.COMMAND_OUTCOME_REFUSED)
        .setReason(answer.reason())
        .setAnsweredAtEpochMillis(answer.answeredAtMillis())
        .setAlertsChanged(answer.alertsChanged())
        .setPartition(answer.partition())
        .setOffset(answer.offset())
        .build()
        .toByteArray();
  }

  /**
   * @throws InvalidProtocolBufferException when the bytes are no CommandAnswer
   */
  public static CommandAnswer decodeAnswer(String tenant, byte[] bytes)
      throws InvalidProtocolBufferException {
    var wire = io.foreshock.proto.command.v1.CommandAnswer.parseFrom(bytes);
    return new CommandAnswer(
        tenant,
        wire.getCommandId(),
        wire.getOutcome() == CommandOutcome.COMMAND_OUTCOME_ACCEPTED,
        wire.getReason(),
        wire.getAnsweredAtEpochMillis(),
        wire.getAlertsChanged(),
        wire.getPartition(),
        wire.getOffset());
  }
}
