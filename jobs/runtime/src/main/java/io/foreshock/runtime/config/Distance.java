package io.foreshock.runtime.config;

/** Edit distance of two words (Levenshtein 1966): insertions, deletions and replacements. */
final class Distance {

  private Distance() {}

  static int between(String one, String other) {
    int[] previous = new int[other.length() + 1];
    int[] current = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replace = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[other.length()];
  }
}
