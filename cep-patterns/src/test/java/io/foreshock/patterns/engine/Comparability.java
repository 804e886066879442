package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.util.stream.IntStream;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.compiler.NFACompiler;

/** On which patterns stock flink-cep and the engine can be compared. */
final class Comparability {

  private Comparability() {}

  /**
   * Whether there is something to compare. That the engine refuses a pattern is judged by the words
   * of the pattern: no other may be refused, and each of these must be.
   *
   * @return false when flink-cep's compiler refuses the pattern, or the engine does and has to
   */
  static boolean compiles(RandomPattern pattern) {
    NFA<Signal> nfa;
    try {
      nfa = NFACompiler.compileFactory(pattern.build(), true).createNFA();
    } catch (RuntimeException | StackOverflowError refusedByFlink) {
      return false;
    }
    try {
      new StateGraph(nfa);
    } catch (IllegalArgumentException refusedByUs) {
      if (!pattern.repeatsNothing()) {
        throw new AssertionError("The engine refuses " + pattern, refusedByUs);
      }
      return false;
    }
    if (pattern.repeatsNothing()) {
      throw new AssertionError("The engine does not refuse " + pattern);
    }
    return true;
  }

  /** On some patterns stock flink-cep never returns; the engine refuses them. */
  static void refuseEndlessLoops(RandomPattern pattern) {
    new StateGraph(NFACompiler.compileFactory(pattern.build(), true).createNFA());
  }

  /** A loop stands right before the last absence: see {@link StateGraph#leansToPending}. */
  static boolean leansToAbsence(RandomPattern pattern) {
    StateGraph graph =
        new StateGraph(NFACompiler.compileFactory(pattern.build(), true).createNFA());
    return IntStream.range(0, graph.size()).anyMatch(graph::leansToPending);
  }
}
