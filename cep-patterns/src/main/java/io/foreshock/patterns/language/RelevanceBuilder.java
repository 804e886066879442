package io.foreshock.patterns.language;

import io.foreshock.model.SignalKind;
import io.foreshock.patterns.Relevance;
import io.foreshock.patterns.condition.SignalSet;
import io.foreshock.patterns.condition.StageCondition;
import io.foreshock.patterns.definition.Contiguity;
import io.foreshock.patterns.definition.GroupDefinition;
import io.foreshock.patterns.definition.Quantifier;
import io.foreshock.patterns.definition.SequenceElement;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Works out which signals a pattern can use.
 *
 * <p>With relaxed contiguity those that a condition accepts; all others change nothing. Strict
 * contiguity ({@code next}, {@code notNext}, {@code consecutive}), greedy stages and groups that
 * repeat, and an absence after a stage that comes from so many to so many times, are about
 * neighbours, so there everything counts that the pattern can <em>see</em>: the beginning and end
 * of its own symptoms, fault codes, maintenance, operating states, and the readings that its
 * conditions name. Symptoms of other patterns and other readings do not count: a pattern must not
 * change its meaning because another one is deployed beside it.
 */
final class RelevanceBuilder {
  private final Set<String> detectorIds;
  private SignalSet accepted = SignalSet.NONE;
  private boolean strict;
  private boolean afterRange;

  RelevanceBuilder(Collection<String> detectorIds) {
    this.detectorIds = Set.copyOf(detectorIds);
  }

  void condition(StageCondition condition) {
    accepted = accepted.union(condition.mayAccept());
  }

  void contiguity(SequenceElement element) {
    strict |=
        element.contiguity() == Contiguity.NEXT
            || element.contiguity() == Contiguity.NOT_NEXT
            || element.quantifier().inner() == Quantifier.Inner.CONSECUTIVE
            // Found by RelevanceTest: a signal that nobody takes lets flink-cep leave a greedy loop
            // early, and multiplies the open matches of a group that repeats.
            || element.quantifier().greedy()
            || element instanceof GroupDefinition && element.quantifier().repeats()
            // And it lets matches through that an absence behind "two to four times" ends
            // otherwise.
            || element.contiguity() == Contiguity.NOT_FOLLOWED_BY && afterRange;
    afterRange = isRange(element.quantifier());
  }

  /** From so many to so many times: flink-cep makes each time that may be left out a step. */
  private static boolean isRange(Quantifier quantifier) {
    return quantifier.maximum() != Quantifier.UNBOUNDED
        && quantifier.minimum() < quantifier.maximum();
  }

  Relevance build() {
    Map<SignalKind, Set<String>> names = new EnumMap<>(SignalKind.class);
    Set<SignalKind> whole = EnumSet.noneOf(SignalKind.class);
    for (SignalKind kind : SignalKind.values()) {
      boolean symptom = kind == SignalKind.SYMPTOM || kind == SignalKind.SYMPTOM_CLEARED;
      if (strict && symptom) {
        names.put(kind, detectorIds);
      } else if (accepted.isOpen(kind) || strict && kind != SignalKind.READING) {
        whole.add(kind);
      } else if (!accepted.isEmpty(kind)) {
        names.put(kind, accepted.names(kind));
      }
    }
    return new Relevance(names, whole, false);
  }
}
