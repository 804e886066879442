package io.foreshock.patterns.language;

import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.patterns.definition.AfterMatch;
import io.foreshock.patterns.definition.Contiguity;
import io.foreshock.patterns.definition.GroupDefinition;
import io.foreshock.patterns.definition.Quantifier;
import io.foreshock.patterns.definition.SequenceElement;
import io.foreshock.patterns.definition.StageDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Orders that can never match, or that flink-cep refuses or silently reads as something else. */
final class SequenceChecker {
  /** States of the matcher that a pattern may need; each is visited per signal and open match. */
  private static final int MAXIMUM_STATES = 256;

  private final SequenceReader reader;
  private final Map<String, StageDefinition> stages = new HashMap<>();

  SequenceChecker(SequenceReader reader) {
    this.reader = reader;
  }

  void check(Fields document, List<SequenceElement> sequence, AfterMatch afterMatch) {
    checkElements(sequence, true);
    if (!sequence.isEmpty() && sequence.stream().allMatch(SequenceChecker::mayBeAbsent)) {
      document.problem(
          "sequence",
          "can match nothing at all: every step may be left out. Make one step required.");
    }
    long states = sequence.stream().mapToLong(SequenceChecker::states).sum();
    if (states > MAXIMUM_STATES) {
      document.problem(
          "sequence",
          "needs "
              + states
              + " states, more than "
              + MAXIMUM_STATES
              + ". Lower \"times\" or split the pattern.");
    }
    checkSkipTarget(document, sequence, afterMatch);
  }

  private void checkElements(List<SequenceElement> elements, boolean top) {
    for (int i = 0; i < elements.size(); i++) {
      SequenceElement element = elements.get(i);
      if (element instanceof GroupDefinition group) {
        checkElements(group.elements(), false);
        checkGroup(group);
      } else {
        checkUnique((StageDefinition) element);
      }
      if (i > 0) {
        checkPair(elements.get(i - 1), element);
      }
      if (element.contiguity().negative() && i > 0) {
        checkNegative(element, elements.subList(i + 1, elements.size()), top);
      }
    }
  }

  private void checkGroup(GroupDefinition group) {
    if (!group.elements().isEmpty()
        && group.elements().stream().allMatch(SequenceChecker::mayBeAbsent)) {
      reader
          .fieldsOf(group)
          .problem(
              "group",
              "can match nothing at all: every step in it may be left out."
                  + " Make one step required and the group optional.");
    }
  }

  private void checkUnique(StageDefinition stage) {
    StageDefinition before = stages.putIfAbsent(stage.name(), stage);
    if (before != null && !stage.name().isEmpty()) {
      Fields fields = reader.fieldsOf(stage);
      fields.problem(
          "stage",
          "\""
              + stage.name()
              + "\" stands twice, here and in line "
              + reader.fieldsOf(before).line("stage")
              + ". Rename one.");
    }
  }

  private void checkPair(SequenceElement before, SequenceElement element) {
    Fields fields = reader.fieldsOf(element);
    Contiguity contiguity = element.contiguity();
    if (contiguity.negative() && before.quantifier().optional()) {
      fields.problem(
          "contiguity",
          "is "
              + contiguity.word()
              + " after a step that is optional, which flink-cep cannot express. Make two patterns, one with and one without that step.");
    }
    if (before.quantifier().greedy() && element.quantifier().optional()) {
      fields.problem(
          "optional",
          "does not go with the greedy step before, says flink-cep. Drop \"greedy\" there or \"optional\" here.");
    }
    if (before.contiguity() == Contiguity.NOT_FOLLOWED_BY && contiguity == Contiguity.NOT_NEXT) {
      fields.problem(
          "contiguity",
          "is notNext right after notFollowedBy, and flink-cep would forget the latter. Put notNext first.");
    }
    if (before instanceof StageDefinition forbidden
        && forbidden.contiguity().negative()
        && element instanceof StageDefinition stage
        && !contiguity.negative()
        && !stage.when().isEmpty()
        && forbidden.when().equals(stage.when())) {
      fields.problem(
          "when",
          "is what stage \""
              + forbidden.name()
              + "\" before forbids, so \""
              + stage.name()
              + "\" can never match. Change one of the two.");
    }
  }

  private void checkNegative(SequenceElement element, List<SequenceElement> after, boolean top) {
    Fields fields = reader.fieldsOf(element);
    String word = element.contiguity().word();
    if (after.isEmpty() && !top) {
      fields.problem(
          "contiguity",
          "is "
              + word
              + " at the end of a group, where flink-cep ignores it. Put the stage behind the group.");
    } else if (after.isEmpty() && element.contiguity() == Contiguity.NOT_NEXT) {
      fields.problem(
          "contiguity",
          "is notNext at the end, which completes only when something else happens. Use notFollowedBy: it completes when \"within\" is over.");
    } else if (!after.isEmpty()
        && after.stream().noneMatch(e -> e.contiguity().negative())
        && after.stream().allMatch(SequenceChecker::mayBeAbsent)) {
      fields.problem(
          "contiguity",
          "is "
              + word
              + " before steps that may all be left out, so the match is complete before it can count. Make one of them required.");
    }
  }

  private void checkSkipTarget(
      Fields document, List<SequenceElement> sequence, AfterMatch afterMatch) {
    if (afterMatch.stage().isEmpty()) {
      return;
    }
    List<String> targets = new ArrayList<>();
    for (SequenceElement element : sequence) {
      if (element instanceof StageDefinition stage && !stage.contiguity().negative()) {
        targets.add(stage.name());
      }
    }
    if (!targets.contains(afterMatch.stage())) {
      document.problem(
          "afterMatch",
          "skips to \""
              + afterMatch.stage()
              + "\", which is no stage of the sequence that takes signals (stages inside groups do not count). "
              + Suggestions.forName(afterMatch.stage(), targets));
    }
  }

  /** Whether a match may do without it. */
  static boolean mayBeAbsent(SequenceElement element) {
    return element.quantifier().optional()
        || element instanceof GroupDefinition group
            && group.elements().stream().allMatch(SequenceChecker::mayBeAbsent);
  }

  private static long states(SequenceElement element) {
    Quantifier quantifier = element.quantifier();
    long copies =
        quantifier.maximum() == Quantifier.UNBOUNDED
            ? quantifier.minimum() + 1L
            : quantifier.maximum();
    long each =
        element instanceof GroupDefinition group
            ? group.elements().stream().mapToLong(SequenceChecker::states).sum()
            : 1;
    return Math.multiplyExact(copies, each);
  }
}
