package io.foreshock.patterns.condition;

import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Set of signals that is described by kind and name alone. */
public final class SignalSet {

  public static final SignalSet NONE = everyKind(NameSet.NONE);
  public static final SignalSet ALL = everyKind(NameSet.ALL);

  private final Map<SignalKind, NameSet> names;

  private SignalSet(Map<SignalKind, NameSet> names) {
    this.names = names;
  }

  private static SignalSet everyKind(NameSet set) {
    return ofKinds(kind -> set);
  }

  static SignalSet ofKinds(Function<SignalKind, NameSet> names) {
    Map<SignalKind, NameSet> map = new EnumMap<>(SignalKind.class);
    for (SignalKind kind : SignalKind.values()) {
      map.put(kind, names.apply(kind));
    }
    return new SignalSet(map);
  }

  static SignalSet of(boolean all) {
    return all ? ALL : NONE;
  }

  public SignalSet union(SignalSet other) {
    return combine(other, NameSet::union);
  }

  public SignalSet intersect(SignalSet other) {
    return combine(other, NameSet::intersect);
  }

  private SignalSet combine(SignalSet other, BinaryOperator<NameSet> operation) {
    return ofKinds(kind -> operation.apply(names.get(kind), other.names.get(kind)));
  }

  public boolean contains(Signal signal) {
    return names.get(signal.kind()).contains(signal.name());
  }

  public boolean isEmpty() {
    return names.values().stream().allMatch(NameSet::isEmpty);
  }

  /** Whether no signal of the kind is in it. */
  public boolean isEmpty(SignalKind kind) {
    return names.get(kind).isEmpty();
  }

  /** Whether it holds all signals of the kind but some. */
  public boolean isOpen(SignalKind kind) {
    return names.get(kind).allBut();
  }

  /** Names of the kind; only when it is not open. */
  public Set<String> names(SignalKind kind) {
    return names.get(kind).names();
  }
}
