package io.foreshock.operators.documents;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong with one file, so that an author sees it in one go. */
public final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  public Problems(String file) {
    this.file = file;
  }

  public String file() {
    return file;
  }

  public void add(int line, String text) {
    Problem problem = new Problem(file, line, text);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  public int count() {
    return found.size();
  }

  /** In the order of the lines. */
  public List<Problem> sorted() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingInt(Problem::line));
    return sorted;
  }
}
