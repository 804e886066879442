package io.foreshock.patterns.language;

import io.foreshock.model.Signal;
import io.foreshock.patterns.CompiledPattern;
import io.foreshock.patterns.StageNames;
import io.foreshock.patterns.condition.ConditionCompiler;
import io.foreshock.patterns.condition.ConditionErrors;
import io.foreshock.patterns.condition.ConditionScope;
import io.foreshock.patterns.condition.StageCondition;
import io.foreshock.patterns.definition.GroupDefinition;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.Quantifier;
import io.foreshock.patterns.definition.SequenceElement;
import io.foreshock.patterns.definition.StageDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;

/**
 * Builds flink-cep patterns from definitions. One compiler per task: conditions that patterns have
 * in common are evaluated once per signal.
 */
public final class PatternCompiler {
  private final ConditionCompiler conditions;

  public PatternCompiler(ConditionCompiler conditions) {
    this.conditions = conditions;
  }

  /** Compiles a definition that {@link PatternLanguage} accepted. */
  public CompiledPattern compile(PatternDefinition definition) {
    Map<String, String> symptomNames = new LinkedHashMap<>();
    Map<String, String> detectorIds = new LinkedHashMap<>();
    for (SymptomDefinition symptom : definition.symptoms()) {
      detectorIds.put(symptom.name(), symptom.detector().id());
      symptomNames.put(symptom.detector().id(), symptom.name());
    }
    Run run = new Run(definition, detectorIds);
    Pattern<Signal, Signal> pattern = run.chain(definition.sequence(), true);
    pattern.within(definition.within());
    return new CompiledPattern(
        definition.name(),
        definition.version(),
        definition.scope(),
        pattern,
        run.relevance.build(),
        definition.openMatches().maximum(),
        definition.openMatches().overflow(),
        definition.onChange(),
        definition.detection(),
        Map.copyOf(symptomNames),
        run.errors);
  }

  /** The compilation of one definition. */
  private final class Run {
    private final PatternDefinition definition;
    private final Map<String, String> detectorIds;
    private final Map<String, String> stagesBefore = new LinkedHashMap<>();
    private final RelevanceBuilder relevance;
    private final ConditionErrors errors;

    Run(PatternDefinition definition, Map<String, String> detectorIds) {
      this.definition = definition;
      this.detectorIds = detectorIds;
      this.relevance = new RelevanceBuilder(detectorIds.values());
      this.errors =
          new ConditionErrors("pattern " + definition.name() + " version " + definition.version());
    }

    Pattern<Signal, Signal> chain(List<SequenceElement> elements, boolean top) {
      Pattern<Signal, Signal> pattern = null;
      for (SequenceElement element : elements) {
        relevance.contiguity(element);
        pattern =
            element instanceof GroupDefinition group
                ? group(pattern, group, top)
                : stage(pattern, (StageDefinition) element, top);
        quantify(pattern, element.quantifier());
      }
      return pattern;
    }

    private Pattern<Signal, Signal> group(
        Pattern<Signal, Signal> before, GroupDefinition group, boolean top) {
      Pattern<Signal, Signal> inner = chain(group.elements(), false);
      if (before == null) {
        return top ? Pattern.begin(inner, skipStrategy()) : Pattern.begin(inner);
      }
      return switch (group.contiguity()) {
        case NEXT -> before.next(inner);
        case FOLLOWED_BY -> before.followedBy(inner);
        case FOLLOWED_BY_ANY -> before.followedByAny(inner);
        default -> throw new IllegalArgumentException("A group cannot be forbidden: " + group);
      };
    }

    private Pattern<Signal, Signal> stage(
        Pattern<Signal, Signal> before, StageDefinition stage, boolean top) {
      String name = StageNames.encode(definition.version(), stage.name());
      Pattern<Signal, Signal> pattern;
      if (before == null) {
        pattern = top ? Pattern.begin(name, skipStrategy()) : Pattern.begin(name);
      } else {
        pattern =
            switch (stage.contiguity()) {
              case NEXT -> before.next(name);
              case FOLLOWED_BY -> before.followedBy(name);
              case FOLLOWED_BY_ANY -> before.followedByAny(name);
              case NOT_NEXT -> before.notNext(name);
              case NOT_FOLLOWED_BY -> before.notFollowedBy(name);
            };
      }
      boolean takes = !stage.contiguity().negative();
      if (takes && stage.quantifier().repeats()) {
        stagesBefore.put(stage.name(), name);
      }
      pattern.where(condition(stage.when()));
      if (takes) {
        stagesBefore.put(stage.name(), name);
      }
      return pattern;
    }

    private StageCondition condition(String expression) {
      StageCondition condition =
          conditions.compile(expression, new ConditionScope(detectorIds, stagesBefore), errors);
      relevance.condition(condition);
      return condition;
    }

    private void quantify(Pattern<Signal, Signal> pattern, Quantifier quantifier) {
      if (quantifier.maximum() == Quantifier.UNBOUNDED) {
        pattern.timesOrMore(quantifier.minimum());
      } else if (quantifier.minimum() != quantifier.maximum()) {
        pattern.times(quantifier.minimum(), quantifier.maximum());
      } else if (quantifier.minimum() > 1) {
        pattern.times(quantifier.minimum());
      }
      if (quantifier.optional()) {
        pattern.optional();
      }
      if (quantifier.greedy()) {
        pattern.greedy();
      }
      switch (quantifier.inner()) {
        case CONSECUTIVE -> pattern.consecutive();
        case COMBINATIONS -> pattern.allowCombinations();
        case RELAXED -> {
          // flink-cep's default.
        }
      }
      if (!quantifier.until().isEmpty()) {
        pattern.until(condition(quantifier.until()));
      }
    }

    private AfterMatchSkipStrategy skipStrategy() {
      return switch (definition.afterMatch().strategy()) {
        case SKIP_PAST_LAST_EVENT -> AfterMatchSkipStrategy.skipPastLastEvent();
        case NO_SKIP -> AfterMatchSkipStrategy.noSkip();
        case SKIP_TO_NEXT -> AfterMatchSkipStrategy.skipToNext();
        case SKIP_TO_FIRST -> AfterMatchSkipStrategy.skipToFirst(stageToSkipTo());
        case SKIP_TO_LAST -> AfterMatchSkipStrategy.skipToLast(stageToSkipTo());
      };
    }

    private String stageToSkipTo() {
      return StageNames.encode(definition.version(), definition.afterMatch().stage());
    }
  }
}
