package io.foreshock.patterns.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong with one file, so that an author sees it in one go. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void add(int line, String text) {
    Problem problem = new Problem(file, line, text);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  int count() {
    return found.size();
  }

  /** In the order of the lines. */
  List<Problem> sorted() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(Problem::line));
    return sorted;
  }
}
