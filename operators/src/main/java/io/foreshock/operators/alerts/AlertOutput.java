package io.foreshock.operators.alerts;

import io.foreshock.model.Alert;
import io.foreshock.model.CommandAnswer;

/** Takes what becomes of detections and commands. */
public interface AlertOutput {
  /** An alert as it stands now. */
  void alert(Alert alert);

  /** An alert that is forgotten. */
  void forget(String tenant, String alertId);

  /** Something to tell people, or to weigh when they are told. */
  void notice(Notice notice);

  /** What became of a command. */
  void answer(CommandAnswer answer);
}
