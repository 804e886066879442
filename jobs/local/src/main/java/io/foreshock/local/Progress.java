package io.foreshock.local;

/** Told what is going on while something starts or stops; one short sentence each time. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress NONE = sentence -> {};

  void say(String sentence);
}
