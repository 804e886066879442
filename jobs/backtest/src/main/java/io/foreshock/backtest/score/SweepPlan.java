package io.foreshock.backtest.score;

import io.foreshock.backtest.score.PatternText.Place;
import io.foreshock.operators.documents.Problem;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.operators.documents.Suggestions;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.ParsedPatterns;
import io.foreshock.patterns.language.PatternLanguage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A sweep that can run: the pattern once for each value, under names of their own, so that one run
 * covers all values.
 *
 * @param request what was asked for
 * @param pattern the pattern as it stands
 * @param path the key
 * @param current the value that stands there
 * @param variants one for each value, in order
 */
public record SweepPlan(
    SweepRequest request,
    PatternDefinition pattern,
    String path,
    String current,
    List<Variant> variants) {
  public SweepPlan {
    variants = List.copyOf(variants);
  }

  /**
   * One value.
   *
   * @param text as it stands in the pattern then
   * @param name name that the pattern has in the run
   * @param pattern the pattern under that name
   */
  public record Variant(String text, String name, PatternDefinition pattern) {}

  /**
   * @param number number of the sweep, from 1: names of different sweeps differ
   * @param texts the files of the patterns that run
   * @throws IllegalArgumentException when no pattern or several have the key, or a value makes the
   *     pattern invalid: with everything that the language says; to be shown
   */
  public static SweepPlan of(
      SweepRequest request, int number, List<PatternText> texts, PatternLanguage language) {
    Found found = find(request, texts);
    List<Variant> variants = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    PatternDefinition unchanged = null;
    for (String value : request.values()) {
      String written = withUnit(value, found.place.value());
      PatternText changed = found.text.with(found.place, written);
      ParsedPatterns parsed = language.parse(changed.file(), changed.text());
      for (Problem problem : parsed.problems()) {
        problems.add("with %s: %s: %s".formatted(request.path(), written, problem));
      }
      PatternDefinition definition = newest(parsed, found.pattern);
      if (parsed.problems().isEmpty() && definition != null) {
        String name = found.pattern + "-sweep-" + number + '-' + (variants.size() + 1);
        variants.add(new Variant(written, name, Variants.renamed(definition, name)));
        unchanged = newest(language.parse(found.text.file(), found.text.text()), found.pattern);
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "--sweep makes pattern "
              + found.pattern
              + " invalid:\n  "
              + String.join("\n  ", problems));
    }
    return new SweepPlan(request, unchanged, request.path(), found.place.value(), variants);
  }

  /** The patterns of several sweeps, for one run. */
  public static List<PatternDefinition> patterns(List<SweepPlan> plans) {
    return plans.stream().flatMap(plan -> plan.variants.stream()).map(Variant::pattern).toList();
  }

  private record Found(PatternText text, String pattern, Place place) {}

  private static Found find(SweepRequest request, List<PatternText> texts) {
    List<Found> found = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    Set<String> paths = new LinkedHashSet<>();
    for (PatternText text : texts) {
      for (Map.Entry<String, Map<String, Place>> document : text.places().entrySet()) {
        String name = document.getKey();
        names.add(name);
        if (request.pattern().isEmpty() || request.pattern().equals(name)) {
          paths.addAll(document.getValue().keySet());
          Place place = document.getValue().get(request.path());
          if (place != null) {
            found.add(new Found(text, name, place));
          }
        }
      }
    }
    if (!request.pattern().isEmpty() && !names.contains(request.pattern())) {
      throw new IllegalArgumentException(
          "--sweep names an unknown pattern \"%s\". %s"
              .formatted(request.pattern(), Suggestions.forName(request.pattern(), names)));
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "--sweep: no value stands at \"%s\"%s; a value that is left to its default cannot be swept until it is written out. %s"
              .formatted(
                  request.path(),
                  request.pattern().isEmpty() ? "" : " in pattern " + request.pattern(),
                  Suggestions.forName(request.path(), paths)));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "--sweep: %d patterns have \"%s\". Name one: %s."
              .formatted(
                  found.size(),
                  request.path(),
                  found.stream()
                      .map(one -> one.pattern + '/' + request.path() + "=…")
                      .collect(Collectors.joining(", "))));
    }
    return found.get(0);
  }

  /** A bare number takes the unit of the value that it replaces. */
  static String withUnit(String value, String before) {
    Quantities.Number now = Quantities.number(value);
    Quantities.Number was = Quantities.number(before);
    if (now == null || was == null || !now.unit().isEmpty() || was.unit().isEmpty()) {
      return value;
    }
    boolean close = Quantities.duration(before) != null;
    return close && was.unit().matches(".*\\d.*") ? value : value + (close ? "" : " ") + was.unit();
  }

  private static PatternDefinition newest(ParsedPatterns parsed, String name) {
    PatternDefinition newest = null;
    for (PatternDefinition definition : parsed.definitions()) {
      if (definition.name().equals(name)
          && (newest == null || definition.version() > newest.version())) {
        newest = definition;
      }
    }
    return newest;
  }
}
