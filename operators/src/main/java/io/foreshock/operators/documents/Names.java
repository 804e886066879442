package io.foreshock.operators.documents;

import java.util.regex.Pattern;

/** How things may be called. */
public final class Names {
  private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final int MAXIMUM_LENGTH = 63;

  private Names() {}

  /** Reports a name that is not in kebab case. */
  public static String kebab(Fields fields, String key, String name) {
    if (!isKebab(name)) {
      fields.problem(
          key,
          "must be in kebab case (a-z, 0-9 and single hyphens, at most "
              + MAXIMUM_LENGTH
              + " characters), but is \""
              + name
              + "\". Use e.g. \""
              + toKebab(name)
              + "\".");
    }
    return name;
  }

  public static boolean isKebab(String name) {
    return name.length() <= MAXIMUM_LENGTH && KEBAB.matcher(name).matches();
  }

  private static String toKebab(String name) {
    String kebab =
        name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .toLowerCase(java.util.Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-+$", "");
    String shortened = kebab.length() > MAXIMUM_LENGTH ? kebab.substring(0, 40) : kebab;
    return isKebab(shortened) ? shortened : "bearing-wear";
  }
}
