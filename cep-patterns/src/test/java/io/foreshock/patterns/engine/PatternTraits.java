package io.foreshock.patterns.engine;

import io.foreshock.patterns.engine.RandomPattern.Condition;
import io.foreshock.patterns.engine.RandomPattern.Stage;
import java.util.List;
import java.util.TreeSet;

/** What can be said of a random pattern before it runs. */
final class PatternTraits {

  private PatternTraits() {}

  /** Letters that some stage names; with them the pattern can be filtered. */
  static String letters(RandomPattern pattern) {
    TreeSet<String> letters = new TreeSet<>();
    collect(pattern.stages(), letters);
    return String.join("", letters);
  }

  private static void collect(List<Stage> stages, TreeSet<String> letters) {
    for (Stage stage : stages) {
      add(stage.condition(), letters);
      if (stage.quantifier().until() != null) {
        add(stage.quantifier().until(), letters);
      }
      collect(stage.group(), letters);
    }
  }

  private static void add(Condition condition, TreeSet<String> letters) {
    if (condition instanceof Condition.Letters named) {
      letters.addAll(List.of(named.letters().split("")));
    } else if (condition instanceof Condition.Above above) {
      add(above.base(), letters);
    } else if (condition instanceof Condition.Rising rising) {
      add(rising.base(), letters);
    } else if (condition instanceof Condition.SumBelow sum) {
      add(sum.base(), letters);
    }
  }

  /**
   * True when a signal that no condition accepts makes no difference. With a skip strategy, of
   * several matches that begin with the same signal flink-cep keeps the one that its queue happens
   * to give first, and any signal may reorder the queue. And an absence before an optional group is
   * forgotten by stock flink-cep as soon as any signal comes between, and a greedy loop may end
   * early. A loop in a loop that a signal may end goes on to the next stage by any signal between:
   * the match is open there when the signal comes, and is not ended by it (seed 41013693511576); so
   * does a loop before an absence (seed 41510565534893).
   */
  static boolean filterable(RandomPattern pattern) {
    List<Stage> stages = pattern.stages();
    return !hasStepWindows(stages)
        && (pattern.skip().equals("noSkip") || !branches(stages))
        && !absenceBeforeOptional(stages)
        && !loopInEndedLoop(stages)
        && !(loops(stages) && absences(stages))
        && filterable(stages)
        && !(absenceLast(stages)
            && stages.stream()
                .anyMatch(
                    stage -> !stage.group().isEmpty() && !stage.quantifier().kind().equals("one")));
  }

  /** A match may go on in several ways. */
  static boolean branches(List<Stage> stages) {
    return stages.stream()
        .anyMatch(
            stage ->
                stage.link().equals("followedByAny")
                    || stage.quantifier().optional()
                    || !stage.quantifier().kind().equals("one")
                    || branches(stage.group()));
  }

  private static boolean absenceBeforeOptional(List<Stage> stages) {
    for (int i = 1; i < stages.size(); i++) {
      if (stages.get(i - 1).negative() && beginsOptional(stages.get(i))) {
        return true;
      }
    }
    return stages.stream().anyMatch(stage -> absenceBeforeOptional(stage.group()));
  }

  private static boolean loopInEndedLoop(List<Stage> stages) {
    return stages.stream()
        .anyMatch(
            stage ->
                stage.quantifier().until() != null && loops(stage.group())
                    || loopInEndedLoop(stage.group()));
  }

  private static boolean absences(List<Stage> stages) {
    return stages.stream().anyMatch(stage -> stage.negative() || absences(stage.group()));
  }

  private static boolean loops(List<Stage> stages) {
    return stages.stream()
        .anyMatch(stage -> stage.quantifier().kind().equals("loop") || loops(stage.group()));
  }

  private static boolean beginsOptional(Stage stage) {
    return stage.quantifier().optional()
        || (!stage.group().isEmpty() && beginsOptional(stage.group().get(0)));
  }

  static boolean absenceLast(List<Stage> stages) {
    Stage last = stages.get(stages.size() - 1);
    while (!last.group().isEmpty()) {
      last = last.group().get(last.group().size() - 1);
    }
    return last.link().equals("notFollowedBy");
  }

  private static boolean filterable(List<Stage> stages) {
    for (Stage stage : stages) {
      boolean strict =
          stage.link().equals("next")
              || stage.link().equals("notNext")
              || stage.quantifier().inner().equals("consecutive")
              || (stage.group().isEmpty() && stage.condition() instanceof Condition.Always)
              || stage.quantifier().until() instanceof Condition.Always
              || stage.quantifier().greedy();
      if (strict || !filterable(stage.group())) {
        return false;
      }
    }
    return true;
  }

  /** A group repeats without end and may take no signal at all. */
  static boolean repeatsNothing(List<Stage> stages) {
    return stages.stream()
        .anyMatch(
            stage ->
                stage.quantifier().kind().equals("loop")
                        && !stage.group().isEmpty()
                        && stage.group().stream().allMatch(PatternTraits::mayTakeNothing)
                    || repeatsNothing(stage.group()));
  }

  private static boolean mayTakeNothing(Stage stage) {
    return stage.negative() || stage.quantifier().optional();
  }

  static boolean hasStepWindows(List<Stage> stages) {
    return stages.stream()
        .anyMatch(
            stage ->
                stage.stepWithin() > 0
                    || stage.quantifier().stepWithin() > 0
                    || hasStepWindows(stage.group()));
  }
}
