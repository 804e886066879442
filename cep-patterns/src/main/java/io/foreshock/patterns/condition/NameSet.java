package io.foreshock.patterns.condition;

import java.util.Set;
import java.util.TreeSet;

/**
 * Set of names, possibly of all but some.
 *
 * @param allBut true when {@code names} are the ones left out
 * @param names names in it, or left out
 */
record NameSet(boolean allBut, Set<String> names) {

  static final NameSet NONE = new NameSet(false, Set.of());
  static final NameSet ALL = new NameSet(true, Set.of());

  NameSet {
    names = Set.copyOf(names);
  }

  static NameSet of(boolean all) {
    return all ? ALL : NONE;
  }

  boolean contains(String name) {
    return names.contains(name) != allBut;
  }

  boolean isEmpty() {
    return !allBut && names.isEmpty();
  }

  NameSet complement() {
    return new NameSet(!allBut, names);
  }

  NameSet union(NameSet other) {
    if (!allBut && !other.allBut) {
      Set<String> both = new TreeSet<>(names);
      both.addAll(other.names);
      return new NameSet(false, both);
    }
    return complement().intersect(other.complement()).complement();
  }

  NameSet intersect(NameSet other) {
    if (allBut && other.allBut) {
      Set<String> both = new TreeSet<>(names);
      both.addAll(other.names);
      return new NameSet(true, both);
    }
    NameSet listed = allBut ? other : this;
    NameSet filter = allBut ? this : other;
    Set<String> kept = new TreeSet<>(listed.names);
    kept.removeIf(name -> !filter.contains(name));
    return new NameSet(false, kept);
  }
}
