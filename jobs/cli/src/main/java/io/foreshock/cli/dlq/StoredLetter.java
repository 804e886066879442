package io.foreshock.cli.dlq;

import io.foreshock.model.DeadLetter;

/**
 * A dead letter as it was found on its topic.
 *
 * @param letter what it says
 * @param originalSize bytes of what was refused; more than the letter's value holds when it was cut
 */
record StoredLetter(DeadLetter letter, int originalSize) {

  LetterId id() {
    return LetterId.of(letter);
  }

  boolean isCut() {
    return originalSize > letter.source().value().length;
  }
}
