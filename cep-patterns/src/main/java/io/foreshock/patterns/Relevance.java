package io.foreshock.patterns;

import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which signals a pattern can use at all: decided by kind and name alone, so that all patterns
 * share one index. May say yes to a signal that no condition accepts, never no to one that a
 * condition accepts.
 *
 * @param names names that matter, by kind
 * @param wholeKinds kinds of which every signal may matter
 * @param everySignal true when the mere presence of any signal matters, as strict contiguity
 *     ({@code next}) demands
 */
public record Relevance(
    Map<SignalKind, Set<String>> names, Set<SignalKind> wholeKinds, boolean everySignal) {

  public static final Relevance EVERY_SIGNAL = new Relevance(Map.of(), Set.of(), true);

  public Relevance {
    EnumMap<SignalKind, Set<String>> copy = new EnumMap<>(SignalKind.class);
    names.forEach((kind, set) -> copy.put(kind, Set.copyOf(set)));
    names = copy;
    wholeKinds =
        wholeKinds.isEmpty() ? EnumSet.noneOf(SignalKind.class) : EnumSet.copyOf(wholeKinds);
  }

  public boolean mayMatter(Signal signal) {
    if (everySignal || wholeKinds.contains(signal.kind())) {
      return true;
    }
    Set<String> ofKind = names.get(signal.kind());
    return ofKind != null && ofKind.contains(signal.name());
  }
}
