package io.foreshock.operators.documents;

import java.util.Collection;
import java.util.List;

/** The "Did you mean" of error messages. */
public final class Suggestions {
  private static final int LISTED = 12;

  private Suggestions() {}

  /**
   * A sentence that names the nearest known name, or lists the known ones when none is near.
   *
   * @param known known names, in the order in which they shall be listed
   */
  public static String forName(String name, Collection<String> known) {
    String nearest = nearest(name, known);
    if (nearest != null) {
      return "Did you mean \"" + nearest + "\"?";
    }
    List<String> first = known.stream().limit(LISTED).toList();
    return "Known: "
        + String.join(", ", first)
        + (known.size() > LISTED ? " and " + (known.size() - LISTED) + " more" : "")
        + ".";
  }

  /** Whether a known name is near enough to be meant. */
  public static boolean isNear(String name, Collection<String> known) {
    return nearest(name, known) != null;
  }

  /** The known name that is nearest, or null when none is near enough to be a slip. */
  static String nearest(String name, Collection<String> known) {
    String best = null;
    for (String candidate : known) {
      if (name.length() >= 4 && candidate.startsWith(name)) {
        return candidate;
      }
    }
    int bestDistance = Math.max(2, name.length() / 3) + 1;
    for (String candidate : known) {
      int distance =
          distance(
              name.toLowerCase(java.util.Locale.ROOT),
              candidate.toLowerCase(java.util.Locale.ROOT));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** Levenshtein distance, with a swap of neighbours counted once. */
  static int distance(String left, String right) {
    int[][] d = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= right.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      for (int j = 1; j <= right.length(); j++) {
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[left.length()][right.length()];
  }
}
