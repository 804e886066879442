package io.foreshock.patterns.condition;

import dev.cel.common.CelIssue;
import dev.cel.common.types.CelType;
import io.foreshock.operators.documents.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a condition in the words of somebody who writes patterns. */
final class CelMessages {
  private static final Pattern UNDECLARED =
      Pattern.compile("undeclared reference to '([^']*)' .*", Pattern.DOTALL);
  private static final Pattern NO_OVERLOAD =
      Pattern.compile(
          "found no matching overload for '([^']*)' applied to '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
  private static final Pattern WORD_OPERATOR = Pattern.compile("\\b(and|or|not|AND|OR|NOT)\\b");
  private static final Pattern SINGLE_EQUALS = Pattern.compile("[^=!<>]=[^=]");
  private static final Pattern SINGLE_LOGIC = Pattern.compile("[^&]&[^&]|[^|]\\|[^|]");
  private static final Map<String, String> TYPES =
      Map.of(
          "double", "a number",
          "int", "a whole number",
          "uint", "a whole number",
          "string", "a text",
          "bool", "a truth value",
          "google.protobuf.Timestamp", "a point in time",
          "google.protobuf.Duration", "a duration");

  private final String expression;
  private final ConditionScope scope;

  CelMessages(String expression, ConditionScope scope) {
    this.expression = expression;
    this.scope = scope;
  }

  /** The first problem; the others follow from it. */
  List<String> syntax(List<CelIssue> issues) {
    CelIssue first = issues.get(0);
    int column = first.getSourceLocation().getColumn();
    String where =
        column >= expression.length()
            ? "breaks off at its end."
            : "cannot be read from column " + (column + 1) + " on: \"" + excerpt(column) + "\".";
    Matcher word = WORD_OPERATOR.matcher(expression);
    if (SINGLE_EQUALS.matcher(expression).find()) {
      where += " Compare with \"==\".";
    } else if (SINGLE_LOGIC.matcher(expression).find() || word.find()) {
      where += " Use \"&&\", \"||\" and \"!\".";
    }
    return List.of(where);
  }

  /** All problems, each once. */
  List<String> types(List<CelIssue> issues) {
    Set<String> reasons = new LinkedHashSet<>();
    for (CelIssue issue : issues) {
      reasons.add(type(issue));
    }
    return new ArrayList<>(reasons);
  }

  private String type(CelIssue issue) {
    Matcher undeclared = UNDECLARED.matcher(issue.getMessage());
    if (undeclared.matches()) {
      return undeclared(undeclared.group(1), issue.getSourceLocation().getColumn());
    }
    Matcher overload = NO_OVERLOAD.matcher(issue.getMessage());
    if (overload.matches()) {
      String function = overload.group(1).replace("_", "").replace("@", "");
      return "applies \""
          + function
          + "\" to "
          + types(overload.group(2))
          + " (at column "
          + (issue.getSourceLocation().getColumn() + 1)
          + "). Compare like with like: texts in quotes, numbers without.";
    }
    return "is refused: " + issue.getMessage() + ".";
  }

  private String undeclared(String root, int column) {
    Matcher matcher = NAME.matcher(expression);
    String name = matcher.find(Math.max(0, column)) ? matcher.group() : root;
    if (!name.startsWith(root)) {
      name = root;
    }
    if (Pattern.compile("\\b" + Pattern.quote(name) + "\\s*\\(").matcher(expression).find()) {
      return "calls an unknown function \"" + name + "\". Compare a field with a constant instead.";
    }
    if (name.startsWith("stages.")) {
      return "names \""
          + name
          + "\", which is not known here. "
          + (scope.stages().isEmpty()
              ? "No stage comes before that takes a signal."
              : Suggestions.forName(
                  name,
                  CelEnvironment.variables(scope).stream()
                      .filter(CelEnvironment::isStageVariable)
                      .toList()));
    }
    if (scope.detectorIds().containsKey(name)) {
      return "names the symptom \""
          + name
          + "\" as a variable. Use symptom == \""
          + name
          + "\" for its beginning or cleared == \""
          + name
          + "\" for its end.";
    }
    return "names an unknown variable \""
        + name
        + "\". "
        + Suggestions.forName(name, CelEnvironment.variables(scope))
        + " A text stands in quotes: \""
        + name
        + "\".";
  }

  String notACondition(CelType type) {
    return "gives " + typeName(type.name()) + ", not true or false. Compare it with something.";
  }

  private String excerpt(int column) {
    String rest = expression.substring(column);
    return rest.length() > 20 ? rest.substring(0, 20) + "…" : rest;
  }

  /** From {@code (double, string)} to {@code a number and a text}. */
  private static String types(String list) {
    List<String> names = new ArrayList<>();
    for (String type : list.replaceAll("^\\(|\\)$", "").split(", ")) {
      names.add(typeName(type));
    }
    return String.join(" and ", names);
  }

  private static String typeName(String type) {
    if (type.startsWith("list")) {
      return "a list";
    }
    return TYPES.getOrDefault(type, type);
  }
}
