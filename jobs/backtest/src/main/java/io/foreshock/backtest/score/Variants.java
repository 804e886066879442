package io.foreshock.backtest.score;

import io.foreshock.patterns.definition.PatternDefinition;
import java.time.Duration;

/** The same pattern with one thing changed. */
final class Variants {
  private Variants() {}

  /** Under another name, so that both can run at once. */
  static PatternDefinition renamed(PatternDefinition pattern, String name) {
    return with(pattern, name, pattern.within());
  }

  /** With another time for a match. */
  static PatternDefinition within(PatternDefinition pattern, Duration within) {
    return with(pattern, pattern.name(), within);
  }

  private static PatternDefinition with(PatternDefinition pattern, String name, Duration within) {
    return new PatternDefinition(
        name,
        pattern.version(),
        pattern.description(),
        pattern.source(),
        pattern.scope(),
        pattern.symptoms(),
        pattern.sequence(),
        within,
        pattern.afterMatch(),
        pattern.openMatches(),
        pattern.onChange(),
        pattern.detection());
  }
}
