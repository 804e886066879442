package io.foreshock.manifests;

import java.util.Collection;

/** Finds the known name that an unknown one was probably meant to be. */
final class Nearest {

  private Nearest() {}

  /** The name with the fewest edits; empty when none comes near. */
  static String to(String name, Collection<String> known) {
    String best = "";
    int fewest = Math.max(2, name.length() / 3) + 1;
    for (String candidate : known) {
      int edits = edits(name, candidate);
      if (edits < fewest) {
        fewest = edits;
        best = candidate;
      }
    }
    return best;
  }

  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(Math.min(row[j - 1], above) + 1, change);
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
