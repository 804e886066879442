package io.foreshock.patterns.language;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.SignalKind;
import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.patterns.condition.ConditionCompiler;
import io.foreshock.patterns.condition.ConditionScope;
import io.foreshock.patterns.condition.InvalidConditionException;
import io.foreshock.patterns.condition.SignalSet;
import io.foreshock.patterns.condition.StageCondition;
import io.foreshock.patterns.definition.GroupDefinition;
import io.foreshock.patterns.definition.SequenceElement;
import io.foreshock.patterns.definition.StageDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles every condition of a pattern and reports those that cannot mean what they say. */
final class ConditionChecker {
  private final ConditionCompiler compiler = new ConditionCompiler();
  private final SequenceReader reader;
  private final ChannelRegistry channels;
  private final Map<String, String> detectorIds = new LinkedHashMap<>();
  private final Map<String, String> stagesBefore = new LinkedHashMap<>();
  private final Set<String> usedDetectors = new HashSet<>();
  private boolean complete = true;

  ConditionChecker(
      SequenceReader reader, ChannelRegistry channels, List<SymptomDefinition> symptoms) {
    this.reader = reader;
    this.channels = channels;
    symptoms.forEach(symptom -> detectorIds.put(symptom.name(), symptom.detector().id()));
  }

  /**
   * Checks all conditions.
   *
   * @param symptomFields where the symptoms were read from; null when unused ones shall not be
   *     reported
   */
  void check(List<SequenceElement> sequence, Fields symptomFields) {
    checkElements(sequence, true);
    detectorIds.forEach(
        (name, id) -> {
          if (complete && symptomFields != null && !usedDetectors.contains(id)) {
            symptomFields.problem(
                name, "is not used by any stage. Remove it, or name it in a condition.");
          }
        });
  }

  /** Returns whether a match may begin after these elements, too. */
  private boolean checkElements(List<SequenceElement> elements, boolean start) {
    boolean mayStart = start;
    for (SequenceElement element : elements) {
      if (element instanceof GroupDefinition group) {
        mayStart = checkElements(group.elements(), mayStart) && mayStart;
      } else {
        checkStage((StageDefinition) element, mayStart);
      }
      if (!element.quantifier().until().isEmpty()) {
        check(element, "until", element.quantifier().until());
      }
      mayStart &= SequenceChecker.mayBeAbsent(element);
    }
    return mayStart;
  }

  private void checkStage(StageDefinition stage, boolean start) {
    boolean takes = !stage.contiguity().negative();
    if (takes && stage.quantifier().repeats()) {
      // A repeated stage may look back at what it took itself.
      stagesBefore.put(stage.name(), stage.name());
    }
    StageCondition condition = stage.when().isEmpty() ? null : check(stage, "when", stage.when());
    if (start && condition != null && !condition.mayAccept().isEmpty(SignalKind.READING)) {
      reader
          .fieldsOf(stage)
          .problem(
              "when",
              "lets a match begin with a plain reading, so that every reading in a bad state would open one."
                  + " Begin with an edge: define a symptom and use symptom == \"…\".");
    }
    if (takes && !stage.name().isEmpty()) {
      stagesBefore.put(stage.name(), stage.name());
    }
  }

  private StageCondition check(SequenceElement element, String key, String expression) {
    Fields fields = reader.fieldsOf(element);
    StageCondition condition;
    try {
      condition = compiler.compile(expression, new ConditionScope(detectorIds, stagesBefore));
    } catch (InvalidConditionException e) {
      complete = false;
      e.reasons().forEach(reason -> fields.problem(key, reason));
      return null;
    }
    usedDetectors.addAll(condition.detectors());
    if (condition.neverHolds()) {
      fields.problem(key, "can never be true: " + expression + ". Its parts exclude each other.");
      return null;
    }
    SignalSet accepted = condition.mayAccept();
    boolean open =
        accepted.isOpen(SignalKind.READING)
            || accepted.isOpen(SignalKind.SYMPTOM)
            || accepted.isOpen(SignalKind.SYMPTOM_CLEARED);
    if (open) {
      fields.problem(
          key,
          "accepts signals of every kind, other patterns' symptoms and all readings included."
              + " Say which kind is meant, e.g. fault.code != \"\" && …");
      return null;
    }
    for (String channel : accepted.names(SignalKind.READING)) {
      if (channels.find(channel) == null) {
        fields.problem(
            key,
            "names an unknown channel \""
                + channel
                + "\". "
                + Suggestions.forName(channel, channels.channels().keySet()));
      }
    }
    return condition;
  }
}
