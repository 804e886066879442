package io.foreshock.patterns.engine;

import io.foreshock.patterns.StageNames;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.aftermatch.SkipPastLastStrategy;
import org.apache.flink.cep.nfa.aftermatch.SkipToFirstStrategy;
import org.apache.flink.cep.nfa.aftermatch.SkipToLastStrategy;
import org.apache.flink.cep.nfa.aftermatch.SkipToNextStrategy;

/** Which matches a complete match ends: flink-cep's skip strategies. */
final class SkipRule {

  private enum Kind {
    NONE,
    PAST_LAST,
    TO_NEXT,
    TO_FIRST,
    TO_LAST
  }

  private final Kind kind;
  private final String stageName;
  private final int stage;
  private final boolean mustHit;

  SkipRule(AfterMatchSkipStrategy strategy, StateGraph graph) {
    stageName = strategy.getPatternName().orElse(null);
    stage = stageName == null ? -1 : graph.pageIndex(stageName);
    if (!strategy.isSkipStrategy()) {
      kind = Kind.NONE;
      mustHit = false;
    } else if (strategy instanceof SkipPastLastStrategy) {
      kind = Kind.PAST_LAST;
      mustHit = false;
    } else if (strategy instanceof SkipToNextStrategy) {
      kind = Kind.TO_NEXT;
      mustHit = false;
    } else if (strategy instanceof SkipToFirstStrategy first) {
      kind = Kind.TO_FIRST;
      mustHit = first.equals(first.throwExceptionOnMiss());
    } else if (strategy instanceof SkipToLastStrategy last) {
      kind = Kind.TO_LAST;
      mustHit = last.equals(last.throwExceptionOnMiss());
    } else {
      throw new IllegalArgumentException("The skip strategy is not known: " + strategy);
    }
  }

  /** False when complete matches leave the others alone, and never wait for them. */
  boolean skips() {
    return kind != Kind.NONE;
  }

  /**
   * Number of the first signal with which matches may have begun that live on beside a complete
   * match; 0 when all do.
   *
   * @param end last link of the complete match
   */
  int livesFrom(OpenMatches matches, int end) {
    Links links = matches.links;
    return switch (kind) {
      case NONE -> 0;
      case PAST_LAST -> links.signal(end) + 1;
      case TO_NEXT -> links.first(end) + 1;
      case TO_FIRST, TO_LAST -> element(links, end);
    };
  }

  private int element(Links links, int end) {
    int signal = -1;
    for (int link = end; link != Links.NONE; link = links.previous(link)) {
      if (links.stage(link) == stage && (kind == Kind.TO_FIRST || signal < 0)) {
        signal = links.signal(link);
      }
    }
    if (mustHit && (signal < 0 || signal == links.first(end))) {
      throw new IllegalStateException(
          "A match cannot skip to stage \""
              + StageNames.decode(stageName)
              + (signal < 0 ? "\": it took no signal." : "\": it begins there.")
              + " Use a skip strategy without throwExceptionOnMiss.");
    }
    return Math.max(0, signal);
  }
}
