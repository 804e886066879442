package io.foreshock.patterns.language;

import io.foreshock.operators.documents.Problem;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.List;

/**
 * What was read.
 *
 * @param definitions documents without a problem, in the order read
 * @param problems everything that is wrong with the others, by file and line
 */
public record ParsedPatterns(List<PatternDefinition> definitions, List<Problem> problems) {
  public ParsedPatterns {
    definitions = List.copyOf(definitions);
    problems = List.copyOf(problems);
  }

  /**
   * The definitions.
   *
   * @throws InvalidPatternException when there is any problem
   */
  public List<PatternDefinition> orThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidPatternException(problems);
    }
    return definitions;
  }
}
