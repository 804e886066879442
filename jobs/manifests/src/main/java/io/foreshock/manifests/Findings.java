package io.foreshock.manifests;

import java.util.ArrayList;
import java.util.List;

/** Collects problems and says for each where its field was given. */
final class Findings {
  private final SourceFiles sources;
  private final List<Problem> problems = new ArrayList<>();

  Findings(SourceFiles sources) {
    this.sources = sources;
  }

  void add(int rung, Resource resource, FieldPath field, String rule, String remedy) {
    Problem problem =
        new Problem(
            rung,
            sources.place(resource, field),
            resource.toString(),
            field.toString(),
            rule,
            remedy);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  List<Problem> all() {
    return problems;
  }
}
