package io.foreshock.operators.features.definition;

import io.foreshock.operators.documents.Problem;
import java.util.List;

/**
 * What was read.
 *
 * @param sets documents without a problem, in the order read
 * @param problems everything that is wrong with the others, by file and line
 */
public record ParsedFeatureSets(List<FeatureSet> sets, List<Problem> problems) {
  public ParsedFeatureSets {
    sets = List.copyOf(sets);
    problems = List.copyOf(problems);
  }

  /**
   * The sets.
   *
   * @throws IllegalArgumentException naming every problem, one per line
   */
  public List<FeatureSet> orThrow() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          String.join("\n", problems.stream().map(Problem::toString).toList()));
    }
    return sets;
  }
}
