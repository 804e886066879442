package io.foreshock.backtest.score;

import io.foreshock.backtest.run.RunCost;
import io.foreshock.model.Detection;
import java.util.List;
import java.util.Optional;

/**
 * Two versions of patterns on the same recording.
 *
 * @param first name of the patterns of {@code --patterns}
 * @param second name of the patterns of {@code --compare}
 * @param a figures of the first
 * @param b figures of the second
 * @param splitA the same of training and test assets apart; empty without a split
 * @param splitB likewise
 * @param costA what the first took; empty when it was not measured
 * @param costB what the second took; empty when it was not measured
 * @param same alarms that are the same in both
 * @param differences every alarm that is not, by time
 * @param detectionsB everything that the second reported, by time
 */
public record Comparison(
    String first,
    String second,
    Section a,
    Section b,
    Optional<Answer.Split> splitA,
    Optional<Answer.Split> splitB,
    Optional<RunCost> costA,
    Optional<RunCost> costB,
    int same,
    List<Difference> differences,
    List<Detection> detectionsB) {
  public Comparison {
    differences = List.copyOf(differences);
    detectionsB = List.copyOf(detectionsB);
  }

  /** What one version says about an alarm. */
  public enum Outcome {
    /** An alarm, and the component failed. */
    TRUE_ALARM,
    /** An alarm, and nothing followed. */
    FALSE_ALARM,
    /** No alarm. */
    NO_ALARM
  }

  /**
   * An alarm that is not the same in both.
   *
   * @param asset asset concerned
   * @param component component concerned
   * @param millisA when the first version raised it; empty when it did not
   * @param millisB when the second version raised it; empty when it did not
   * @param a what it was in the first
   * @param b what it was in the second
   * @param failureMillis the failure that one of them foretold; empty when none followed
   * @param why why they differ, in a sentence; empty when not known
   */
  public record Difference(
      String asset,
      String component,
      Optional<Long> millisA,
      Optional<Long> millisB,
      Outcome a,
      Outcome b,
      Optional<Long> failureMillis,
      String why) {

    /** When the earlier of both alarms came. */
    public long millis() {
      return Math.min(millisA.orElse(Long.MAX_VALUE), millisB.orElse(Long.MAX_VALUE));
    }
  }
}
