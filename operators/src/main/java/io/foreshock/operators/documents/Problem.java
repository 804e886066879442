package io.foreshock.operators.documents;

/**
 * Something that is wrong with a pattern document.
 *
 * @param file file, or other name of where the text came from
 * @param line line from 1
 * @param text the thing, its value, the rule, and the way out
 */
public record Problem(String file, int line, String text) {
  @Override
  public String toString() {
    return file + ':' + line + ": " + text;
  }
}
