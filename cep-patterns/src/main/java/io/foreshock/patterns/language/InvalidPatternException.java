package io.foreshock.patterns.language;

import io.foreshock.operators.documents.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Patterns that were refused; the message lists every reason, one per line. */
public final class InvalidPatternException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidPatternException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
