package io.foreshock.cli.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.JsonFile;
import io.foreshock.model.Alert;
import io.foreshock.proto.command.v1.Command;
import io.foreshock.proto.command.v1.CommandOutcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What every command that tells the job something has in common; a mixin. */
final class Instruction {
  @Option(
      names = "--comment",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Shown with the alert and kept in its history.")
  private String comment;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who says so. Default: the user of this machine.")
  private String by;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long the effect is waited for. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  /** A command without its action, under an id of its own. */
  Command.Builder begin() {
    if (comment.length() > 4096) {
      throw CliFailure.wrongInput(
          "--comment must have at most 4096 characters, but has " + comment.length() + ".");
    }
    if (waitSeconds < 1) {
      throw CliFailure.wrongInput("--wait must be at least 1, but is " + waitSeconds + ".");
    }
    String who = by == null ? System.getProperty("user.name", "") : by;
    if (who.isBlank() || who.length() > 256) {
      throw CliFailure.wrongInput("--by must be 1 to 256 characters, but is \"" + who + "\".");
    }
    return Command.newBuilder()
        .setId("cli-" + UUID.randomUUID())
        .setIssuedAtEpochMillis(System.currentTimeMillis())
        .setIssuedBy(who)
        .setComment(comment);
  }

  /**
   * Gives one instruction about each alert that somebody names.
   *
   * @return the exit code: 0 when every alert shows it
   */
  int giveAboutEach(
      TenantAlerts alerts,
      List<String> names,
      BiConsumer<Command.Builder, Alert> action,
      CommandLine console,
      Path json) {
    alerts.read();
    List<Alert> meant = names.stream().map(alerts::find).toList();
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    boolean all = true;
    for (Alert alert : meant) {
      Command.Builder command = begin();
      action.accept(command, alert);
      ObjectNode result = results.addObject().put("id", alert.id());
      all &= give(alerts, command.build(), alert.id(), alert.id(), console, result);
    }
    if (json != null) {
      JsonFile.write(json, results);
    }
    return all ? 0 : 1;
  }

  /**
   * Sends it, waits, and says what became of it.
   *
   * @param alertId the alert that will change; empty when it is none or many
   * @param what names it in a sentence, e.g. {@code pump-1/bearing/wear}
   * @param json takes the figures
   * @return whether the job did it, and the alert shows it, in time
   */
  boolean give(
      TenantAlerts alerts,
      Command command,
      String alertId,
      String what,
      CommandLine console,
      ObjectNode json) {
    PrintWriter out = console.getOut();
    PrintWriter err = console.getErr();
    CommandExchange.Result result =
        new CommandExchange(alerts.kafka(), alerts.tenant(), Duration.ofSeconds(waitSeconds), err)
            .send(command, alertId);
    json.put("command", command.getId())
        .put("answered", result.answer() != null)
        .put("accepted", result.accepted());
    if (result.answer() == null) {
      err.printf(
          "%s: the command is in Kafka, but within %d s the job alerts has not answered. Does it run? When it does, it"
              + " will be done.%n",
          what, waitSeconds);
    } else if (result.answer().getOutcome() == CommandOutcome.COMMAND_OUTCOME_REFUSED) {
      json.put("reason", result.answer().getReason());
      err.printf("%s: refused. %s%n", what, result.answer().getReason());
    } else if (result.alert() != null) {
      json.set("alert", AlertJson.of(result.alert()));
      out.printf("%s: %s%n", what, AlertText.standing(result.alert()));
    } else if (alertId.isEmpty()) {
      out.printf("%s: done.%n", what);
    } else if (result.answer().getAlertsChanged() == 0) {
      out.printf("%s: accepted; the alert stays as it was.%n", what);
    } else {
      err.printf("%s: accepted, but within %d s the alert does not show it.%n", what, waitSeconds);
      out.flush();
      err.flush();
      return false;
    }
    out.flush();
    err.flush();
    return result.accepted();
  }
}
