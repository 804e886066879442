package io.foreshock.backtest.page;

import io.foreshock.backtest.score.Answer;
import io.foreshock.backtest.score.Comparison;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The comparison of an answer. */
final class FleetVersions {
  private FleetVersions() {}

  /**
   * @param machines machines of the report
   */
  static Optional<Versions> of(Answer answer, Set<String> machines) {
    return answer
        .comparison()
        .map(
            comparison ->
                new Versions(
                    comparison.first(),
                    comparison.second(),
                    comparison.same(),
                    differences(comparison, machines)));
  }

  private static List<Versions.Difference> differences(
      Comparison comparison, Set<String> machines) {
    return comparison.differences().stream()
        .filter(difference -> machines.contains(difference.asset()))
        .map(
            difference ->
                new Versions.Difference(
                    difference.asset(),
                    difference.component(),
                    difference.millis(),
                    words(difference.a(), difference.millisA(), difference),
                    words(difference.b(), difference.millisB(), difference),
                    difference.why()))
        .toList();
  }

  /** What it was and, for the later of two alarms, how much later it came. */
  private static String words(
      Comparison.Outcome outcome, Optional<Long> millis, Comparison.Difference difference) {
    String what = outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    long later = millis.orElse(difference.millis()) - difference.millis();
    return later == 0
        ? what
        : String.format(
            Locale.ROOT, "%s, %.1f h later", what, later / (double) Duration.ofHours(1).toMillis());
  }
}
