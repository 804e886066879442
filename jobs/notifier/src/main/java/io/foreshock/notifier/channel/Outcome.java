package io.foreshock.notifier.channel;

import java.time.Duration;

/** What became of one attempt to deliver. Reasons never hold a secret. */
public sealed interface Outcome {

  /** The receiver has it. */
  record Delivered() implements Outcome {}

  /**
   * It may work later.
   *
   * @param reason what the receiver or the network said
   * @param notBefore for how long the receiver wants to hear nothing; zero when it did not say
   */
  record TryAgain(String reason, Duration notBefore) implements Outcome {}

  /**
   * It will never work for this page.
   *
   * @param reason what the receiver said
   */
  record Refused(String reason) implements Outcome {}

  static Outcome delivered() {
    return new Delivered();
  }

  static Outcome tryAgain(String reason) {
    return new TryAgain(reason, Duration.ZERO);
  }

  static Outcome refused(String reason) {
    return new Refused(reason);
  }
}
