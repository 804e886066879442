package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.patterns.condition.StageCondition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.aftermatch.SkipPastLastStrategy;
import org.apache.flink.cep.nfa.aftermatch.SkipToNextStrategy;
import org.apache.flink.cep.pattern.GroupPattern;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.Quantifier;
import org.apache.flink.cep.pattern.Quantifier.ConsumingStrategy;
import org.apache.flink.cep.pattern.Quantifier.QuantifierProperty;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** What can be read off a pattern without compiling it. */
final class PatternShape {

  private PatternShape() {}

  /**
   * A stage that takes signals.
   *
   * @param stage name in flink-cep
   * @param signals how many it takes at least in a match; 0 for one that may be passed over
   */
  record Need(String stage, int signals) {}

  /** What a match needs, stage by stage in order. */
  static List<Need> needs(Pattern<Signal, ?> last) {
    List<Need> needs = new ArrayList<>();
    for (Pattern<Signal, ?> stage : inOrder(last)) {
      boolean optional = stage.getQuantifier().hasProperty(QuantifierProperty.OPTIONAL);
      int times = optional ? 0 : stage.getTimes() == null ? 1 : stage.getTimes().getFrom();
      if (stage instanceof GroupPattern<Signal, ?> group) {
        needs(group.getRawPattern())
            .forEach(need -> needs.add(new Need(need.stage(), need.signals() * times)));
      } else if (!isAbsence(stage)) {
        needs.add(new Need(stage.getName(), times));
      }
    }
    return needs;
  }

  /** Names of the stages that take signals, in order; those of absences are left out. */
  static List<String> stages(Pattern<Signal, ?> last) {
    List<String> names = new ArrayList<>();
    for (Pattern<Signal, ?> stage : inOrder(last)) {
      if (stage instanceof GroupPattern<Signal, ?> group) {
        names.addAll(stages(group.getRawPattern()));
      } else if (!isAbsence(stage)) {
        names.add(stage.getName());
      }
    }
    return names;
  }

  /**
   * False when a complete match is certainly never held back by an earlier open one: without a skip
   * strategy, and in a chain of stages that look at nothing but the signal. Of two matches in a
   * chain the earlier is never behind the later, so it is complete as well, or it has ended.
   *
   * <p>The last stage but one may be a loop, or the last, in which matches branch off: on the
   * signal that completes the later match each branch of the earlier is complete or ends. Then the
   * strategy must take the other branches of a complete match away with it, and no branch may run
   * out of time apart from the others.
   */
  static boolean mayHoldBack(Pattern<Signal, ?> last) {
    AfterMatchSkipStrategy strategy = last.getAfterMatchSkipStrategy();
    if (!strategy.isSkipStrategy()) {
      return false;
    }
    boolean branchesEndTogether =
        strategy instanceof SkipPastLastStrategy || strategy instanceof SkipToNextStrategy;
    int taking = 0;
    int loops = 0;
    int loop = 0;
    for (Pattern<Signal, ?> stage : inOrder(last)) {
      if (!isLink(stage)) {
        return true;
      }
      taking += isAbsence(stage) ? 0 : 1;
      if (stage.getQuantifier().hasProperty(QuantifierProperty.LOOPING)) {
        loops++;
        loop = taking;
      }
      branchesEndTogether &= !hasStepWindow(stage);
    }
    return loops > 1 || (loops == 1 && (loop < taking - 1 || !branchesEndTogether));
  }

  /** A stage that takes one signal, a fixed number, or at least a number of them. */
  private static boolean isLink(Pattern<Signal, ?> stage) {
    Quantifier quantifier = stage.getQuantifier();
    if (stage instanceof GroupPattern
        || quantifier.hasProperty(QuantifierProperty.OPTIONAL)
        || quantifier.hasProperty(QuantifierProperty.GREEDY)
        || quantifier.getConsumingStrategy() == ConsumingStrategy.SKIP_TILL_ANY
        || stage.getUntilCondition() != null
        || !looksAtTheSignalAlone(stage.getCondition())) {
      return false;
    }
    if (quantifier.hasProperty(QuantifierProperty.SINGLE)) {
      return true;
    }
    ConsumingStrategy inner = quantifier.getInnerConsumingStrategy();
    return quantifier.hasProperty(QuantifierProperty.LOOPING)
        ? inner == ConsumingStrategy.SKIP_TILL_NEXT
        : inner != ConsumingStrategy.SKIP_TILL_ANY
            && stage.getTimes().getFrom() == stage.getTimes().getTo();
  }

  private static boolean looksAtTheSignalAlone(IterativeCondition<?> condition) {
    return condition instanceof SimpleCondition
        || (condition instanceof StageCondition compiled && !compiled.usesStages());
  }

  private static boolean hasStepWindow(Pattern<Signal, ?> stage) {
    return stage.getWindowSize(WithinType.PREVIOUS_AND_CURRENT).isPresent()
        || (stage.getTimes() != null && stage.getTimes().getWindowSize().isPresent());
  }

  private static boolean isAbsence(Pattern<Signal, ?> stage) {
    ConsumingStrategy strategy = stage.getQuantifier().getConsumingStrategy();
    return strategy == ConsumingStrategy.NOT_FOLLOW || strategy == ConsumingStrategy.NOT_NEXT;
  }

  private static Deque<Pattern<Signal, ?>> inOrder(Pattern<Signal, ?> last) {
    Deque<Pattern<Signal, ?>> stages = new ArrayDeque<>();
    for (Pattern<Signal, ?> stage = last; stage != null; stage = stage.getPrevious()) {
      stages.addFirst(stage);
    }
    return stages;
  }
}
