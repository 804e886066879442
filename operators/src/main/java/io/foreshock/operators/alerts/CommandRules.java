package io.foreshock.operators.alerts;

import io.foreshock.model.Alert;
import io.foreshock.model.Command;
import io.foreshock.model.CommandAnswer;
import java.util.List;

/** Which commands can be carried out, and what is answered. */
final class CommandRules {
  /**
   * A command older than the occurrence by more than this meant an earlier one. Generous, because
   * clocks of people differ.
   */
  private static final long STALE_MILLIS = 300_000;

  private static final int MAX_QUIETS = 100;

  private CommandRules() {}

  /**
   * Why a command about an alert cannot be carried out; empty when it can.
   *
   * @param alert the alert as it stands; null when there is none
   */
  static String refusal(Command command, AlertCore alert) {
    if (alert == null || alert.state == null) {
      return "there is no alert \"" + command.alertId() + "\"";
    }
    if (command.issuedAtMillis() < alert.beganAt - STALE_MILLIS) {
      return "the command is older than this occurrence of the alert";
    }
    if (!alert.isOpen() && command.action() != Command.Action.FALSE_ALARM) {
      return "alert \""
          + command.alertId()
          + "\" is "
          + (alert.state == Alert.State.EXPIRED ? "expired" : "resolved")
          + " already";
    }
    return command.action() == Command.Action.ACKNOWLEDGE && alert.isAcknowledged()
        ? "alert \"" + command.alertId() + "\" is acknowledged by " + alert.acknowledgedBy
        : "";
  }

  /** Why a silence cannot be taken; empty when it can. */
  static String refusal(List<Quiet> quiets, Command command, long now) {
    if (command.untilMillis() <= now) {
      return "it ends in the past";
    }
    return quiets.size() >= MAX_QUIETS
        ? "there are " + MAX_QUIETS + " silences and maintenance windows already; end some first"
        : "";
  }

  /** Ends silences before their time; returns how many. */
  static int unsilence(List<Quiet> quiets, Command command, long now) {
    int ended = 0;
    for (int i = 0; i < quiets.size(); i++) {
      Quiet quiet = quiets.get(i);
      if (quiet.isEndedBy(command) && quiet.untilMillis() > now) {
        quiets.set(i, quiet.until(now));
        ended++;
      }
    }
    return ended;
  }

  /** What is answered. */
  static CommandAnswer answer(Command command, String refusal, int changed, long now) {
    return new CommandAnswer(
        command.tenant(),
        command.id(),
        refusal.isEmpty(),
        refusal,
        now,
        changed,
        command.partition(),
        command.offset());
  }
}
