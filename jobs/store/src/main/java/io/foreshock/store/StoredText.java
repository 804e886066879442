package io.foreshock.store;

/**
 * Text as PostgreSQL takes it. The one character that it refuses, U+0000, may stand in a fault code
 * or an id of a device; it becomes U+FFFD, so that no message can stop the store.
 */
final class StoredText {

  private StoredText() {}

  static String of(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }
}
