package io.foreshock.patterns.language;

/**
 * Names of stages inside a compiled pattern. They carry the version, because flink-cep finds
 * half-finished matches again by stage name alone: a match of one version can never go on under the
 * stages of another by accident.
 */
public final class StageNames {
  private static final char SEPARATOR = '.';

  private StageNames() {}

  /** {@code v3.shaking} for stage {@code shaking} of version 3. */
  public static String encode(int version, String stage) {
    return "v" + version + SEPARATOR + stage;
  }

  /** The stage's own name; a name that was not encoded is returned as it is. */
  public static String decode(String encoded) {
    int separator = encoded.indexOf(SEPARATOR);
    if (separator < 2 || encoded.charAt(0) != 'v') {
      return encoded;
    }
    for (int i = 1; i < separator; i++) {
      if (!Character.isDigit(encoded.charAt(i))) {
        return encoded;
      }
    }
    return encoded.substring(separator + 1);
  }
}
