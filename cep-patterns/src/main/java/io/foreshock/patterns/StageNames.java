package io.foreshock.patterns;

/**
 * Names of stages as flink-cep sees them: {@code v3/heating}. flink-cep writes stage names into
 * state, so the pattern's version in front keeps half-matched state of one version from going on
 * silently under another.
 *
 * <p>A pattern that was written in Java without the prefix keeps its names as they are.
 */
public final class StageNames {

  private StageNames() {}

  /**
   * Name to give to flink-cep.
   *
   * @param version version of the pattern, from 1
   * @param stage name that the author gave; holds neither {@code /} nor {@code :}
   */
  public static String encode(int version, String stage) {
    if (stage.isEmpty() || stage.indexOf('/') >= 0 || stage.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "A stage needs a name without \"/\" and \":\", but it is \"" + stage + "\".");
    }
    return "v" + version + '/' + stage;
  }

  /** The author's name of a stage or of an NFA state made from it; no prefix, no change. */
  public static String decode(String encoded) {
    int slash = encoded.indexOf('/');
    if (slash < 2 || encoded.charAt(0) != 'v') {
      return encoded;
    }
    for (int i = 1; i < slash; i++) {
      if (encoded.charAt(i) < '0' || encoded.charAt(i) > '9') {
        return encoded;
      }
    }
    return encoded.substring(slash + 1);
  }
}
