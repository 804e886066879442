package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.flink.cep.pattern.GroupPattern;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.Quantifier;
import org.apache.flink.cep.pattern.Quantifier.ConsumingStrategy;
import org.apache.flink.cep.pattern.Quantifier.QuantifierProperty;
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
   * strategy, and in a plain chain of single stages, where an earlier match is never behind a later
   * one.
   */
  static boolean mayHoldBack(Pattern<Signal, ?> last) {
    if (!last.getAfterMatchSkipStrategy().isSkipStrategy()) {
      return false;
    }
    for (Pattern<Signal, ?> stage : inOrder(last)) {
      Quantifier quantifier = stage.getQuantifier();
      boolean plain =
          !(stage instanceof GroupPattern)
              && quantifier.hasProperty(QuantifierProperty.SINGLE)
              && !quantifier.hasProperty(QuantifierProperty.OPTIONAL)
              && quantifier.getConsumingStrategy() != ConsumingStrategy.SKIP_TILL_ANY
              && stage.getCondition() instanceof SimpleCondition;
      if (!plain) {
        return true;
      }
    }
    return false;
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
