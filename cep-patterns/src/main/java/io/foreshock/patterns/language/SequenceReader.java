package io.foreshock.patterns.language;

import io.foreshock.operators.documents.Fields;
import io.foreshock.operators.documents.Names;
import io.foreshock.operators.documents.Problems;
import io.foreshock.operators.documents.YamlNode;
import io.foreshock.patterns.definition.Contiguity;
import io.foreshock.patterns.definition.GroupDefinition;
import io.foreshock.patterns.definition.Quantifier;
import io.foreshock.patterns.definition.SequenceElement;
import io.foreshock.patterns.definition.StageDefinition;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Reads the stages and groups of a pattern. */
final class SequenceReader {
  private static final int MAXIMUM_TIMES = 100;
  private static final int MAXIMUM_DEPTH = 4;

  private final Problems problems;
  private final Map<SequenceElement, Fields> fields = new IdentityHashMap<>();

  SequenceReader(Problems problems) {
    this.problems = problems;
  }

  /** Where a stage or group was read from, for the problems that show later. */
  Fields fieldsOf(SequenceElement element) {
    return fields.get(element);
  }

  List<SequenceElement> read(Fields owner, String key, int depth) {
    List<SequenceElement> elements = new ArrayList<>();
    YamlNode node = owner.node(key);
    if (!(node instanceof YamlNode.Items list) || list.values().isEmpty()) {
      owner.problem(key, "must be a list of at least one stage, but is " + kind(node) + ".");
      return elements;
    }
    if (depth > MAXIMUM_DEPTH) {
      owner.problem(key, "is nested more than " + MAXIMUM_DEPTH + " deep. Flatten it.");
      return elements;
    }
    for (int i = 0; i < list.values().size(); i++) {
      String path = owner.path(key) + '[' + (i + 1) + ']';
      if (list.values().get(i) instanceof YamlNode.Mapping mapping) {
        elements.add(element(new Fields(mapping, path, problems), i == 0, depth));
      } else {
        problems.add(
            list.values().get(i).line(),
            path
                + " must be a mapping like {stage: hot, when: …}, but is "
                + kind(list.values().get(i))
                + ".");
      }
    }
    return elements;
  }

  private static String kind(YamlNode node) {
    return node == null ? "nothing" : node instanceof YamlNode.Items ? "empty" : node.kind();
  }

  private SequenceElement element(Fields element, boolean first, int depth) {
    boolean group = element.has("group");
    String name = "";
    String when = "";
    List<SequenceElement> inner = List.of();
    if (group) {
      inner = read(element, "group", depth + 1);
    } else {
      name = required(element, "stage", "Give the stage a name, e.g. \"stage: runs-hot\".");
      if (!name.isEmpty()) {
        Names.kebab(element, "stage", name);
      }
      when = required(element, "when", "Say which signal it takes, e.g. when: symptom == \"hot\".");
    }
    Contiguity contiguity =
        element.word("contiguity", Contiguity.FOLLOWED_BY, Contiguity.values(), Contiguity::word);
    if (first && element.has("contiguity")) {
      element.problem(
          "contiguity",
          contiguity.negative()
              ? "is "
                  + contiguity.word()
                  + ", but nothing comes before. Begin with a stage that takes a signal."
              : "says how the step follows the one before, but this is the first. Leave it out.");
      contiguity = Contiguity.FOLLOWED_BY;
    }
    if (group && contiguity.negative()) {
      element.problem(
          "contiguity",
          "is "
              + contiguity.word()
              + ", which only a single stage can be. Forbid each stage by itself.");
      contiguity = Contiguity.FOLLOWED_BY;
    }
    Quantifier quantifier = quantifier(element, group, contiguity);
    element.noOthers();
    SequenceElement read =
        group
            ? new GroupDefinition(inner, contiguity, quantifier)
            : new StageDefinition(name, when, contiguity, quantifier);
    fields.put(read, element);
    return read;
  }

  private static String required(Fields fields, String key, String wayOut) {
    if (!fields.has(key)) {
      fields.missing(key, wayOut);
    }
    return fields.text(key, "");
  }

  private Quantifier quantifier(Fields element, boolean group, Contiguity contiguity) {
    int[] times = times(element);
    boolean optional = element.flag("optional");
    boolean greedy = element.flag("greedy");
    boolean consecutive = element.flag("consecutive");
    boolean combinations = element.flag("allowCombinations");
    String until = element.text("until", "");
    boolean repeats = times[1] > 1;
    if (contiguity.negative()) {
      for (String key :
          List.of(
              "times",
              "oneOrMore",
              "optional",
              "greedy",
              "consecutive",
              "allowCombinations",
              "until")) {
        if (element.has(key)) {
          element.problem(
              key,
              "does not go with "
                  + contiguity.word()
                  + ": such a stage takes no signal. Leave it out.");
        }
      }
      return Quantifier.ONE;
    }
    for (String key : List.of("greedy", "consecutive", "allowCombinations")) {
      if (element.has(key) && !repeats) {
        element.problem(
            key,
            "needs a step that repeats. Add \"oneOrMore: true\" or \"times\", or leave it out.");
      }
    }
    if (greedy && group) {
      element.problem("greedy", "does not go with a group. Put it on a stage that repeats.");
    }
    if (consecutive && combinations) {
      element.problem("consecutive", "and \"allowCombinations\" exclude each other. Keep one.");
    }
    if (greedy && combinations) {
      element.problem("greedy", "and \"allowCombinations\" exclude each other. Keep one.");
    }
    if (!until.isEmpty() && times[1] != Quantifier.UNBOUNDED) {
      element.problem(
          "until",
          "needs a step that repeats without limit. Add \"oneOrMore: true\", or leave it out.");
    }
    Quantifier.Inner inner =
        consecutive
            ? Quantifier.Inner.CONSECUTIVE
            : combinations ? Quantifier.Inner.COMBINATIONS : Quantifier.Inner.RELAXED;
    return new Quantifier(times[0], times[1], optional, greedy, inner, until);
  }

  /** Minimum and maximum. */
  private int[] times(Fields element) {
    boolean oneOrMore = element.flag("oneOrMore");
    if (element.has("times") && element.has("oneOrMore")) {
      element.problem("times", "and \"oneOrMore\" exclude each other. Keep one.");
    }
    if (!element.has("times")) {
      return new int[] {1, oneOrMore ? Quantifier.UNBOUNDED : 1};
    }
    if (!(element.node("times") instanceof YamlNode.Mapping)) {
      Integer exactly = element.whole("times", 1, MAXIMUM_TIMES);
      int count = exactly == null ? 1 : exactly;
      return new int[] {count, count};
    }
    Fields range = element.mapping("times");
    Integer minimum = range.whole("min", 1, MAXIMUM_TIMES);
    Integer maximum = range.whole("max", 1, MAXIMUM_TIMES);
    if (!range.has("min")) {
      range.missing("min", "Use e.g. \"times: {min: 2, max: 5}\".");
    }
    range.noOthers();
    int from = minimum == null ? 1 : minimum;
    int to = maximum != null ? maximum : range.has("max") ? from : Quantifier.UNBOUNDED;
    if (to < from) {
      range.problem("max", "must not be smaller than min, but is " + to + " against " + from + ".");
      to = from;
    }
    return new int[] {from, to};
  }
}
