package io.foreshock.patterns.definition;

/** How a step follows the one before it. The words are flink-cep's. */
public enum Contiguity {
  /** The very next signal that the pattern can see. */
  NEXT("next"),
  /** The next signal that satisfies the condition; others in between are passed over. */
  FOLLOWED_BY("followedBy"),
  /** Any later signal that satisfies the condition, each giving a match of its own. */
  FOLLOWED_BY_ANY("followedByAny"),
  /** The very next signal must not satisfy the condition. */
  NOT_NEXT("notNext"),
  /** No signal up to the following stage, or to the end of {@code within}, may satisfy it. */
  NOT_FOLLOWED_BY("notFollowedBy");

  private final String word;

  Contiguity(String word) {
    this.word = word;
  }

  /** As written in a document. */
  public String word() {
    return word;
  }

  /** Whether the stage forbids signals instead of taking them. */
  public boolean negative() {
    return this == NOT_NEXT || this == NOT_FOLLOWED_BY;
  }
}
