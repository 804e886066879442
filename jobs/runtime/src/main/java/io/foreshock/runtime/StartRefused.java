package io.foreshock.runtime;

import java.util.List;

/**
 * The job cannot start, for reasons that somebody can repair: each is one message that names the
 * thing, the value, the rule and the way out. Never a bug of the job.
 */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public StartRefused(List<String> problems) {
    this(problems, null);
  }

  public StartRefused(String problem) {
    this(List.of(problem), null);
  }

  /**
   * @param cause what the platform said; shown with {@code --verbose} only
   */
  public StartRefused(List<String> problems, Throwable cause) {
    super(String.join("\n", problems), cause);
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("A refusal needs a reason.");
    }
    this.problems = List.copyOf(problems);
  }

  /** One message each. */
  public List<String> problems() {
    return problems;
  }
}
