package io.foreshock.patterns.condition;

import java.util.List;

/** A condition that cannot be compiled; names every reason. */
public final class InvalidConditionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  InvalidConditionException(List<String> reasons) {
    super(String.join(" ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** Whole sentences that continue "The condition …". */
  public List<String> reasons() {
    return reasons;
  }
}
