package io.foreshock.mqtt;

import io.foreshock.model.DeadLetter.Reason;

/** A payload cannot be read as its route says; becomes a dead letter. Carries no stack trace. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Reason reason;

  Unreadable(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
