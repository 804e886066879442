package io.foreshock.patterns.engine;

import java.nio.charset.StandardCharsets;

/**
 * Keys of assets as bytes in an array: one byte a character when all are Latin-1, as nearly all
 * are, else two. What is needed to read one is its <i>form</i>: its length above, one bit that says
 * how many bytes a character has, and one bit below it that is the caller's own.
 */
final class KeyBytes {

  /** The bit of the caller. */
  static final int OWN_BIT = 2;

  private static final int TWO_BYTES = 1;

  private KeyBytes() {}

  /** Form of a key, without the caller's bit. */
  static int form(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) > 0xFF) {
        return key.length() << 2 | TWO_BYTES;
      }
    }
    return key.length() << 2;
  }

  /** Bytes that a key takes. */
  static int size(int form) {
    return form >>> 2 << (form & TWO_BYTES);
  }

  static void write(String key, int form, byte[] array, int offset) {
    int to = offset;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      array[to++] = (byte) c;
      if ((form & TWO_BYTES) != 0) {
        array[to++] = (byte) (c >>> 8);
      }
    }
  }

  static String read(int form, byte[] array, int offset) {
    if ((form & TWO_BYTES) == 0) {
      return new String(array, offset, form >>> 2, StandardCharsets.ISO_8859_1);
    }
    char[] key = new char[form >>> 2];
    for (int i = 0; i < key.length; i++) {
      key[i] = wide(array, offset + 2 * i);
    }
    return new String(key);
  }

  static boolean equal(String key, int form, byte[] array, int offset) {
    int length = key.length();
    if (form >>> 2 != length) {
      return false;
    }
    if ((form & TWO_BYTES) == 0) {
      for (int i = 0; i < length; i++) {
        if (key.charAt(i) != (array[offset + i] & 0xFF)) {
          return false;
        }
      }
      return true;
    }
    for (int i = 0; i < length; i++) {
      if (key.charAt(i) != wide(array, offset + 2 * i)) {
        return false;
      }
    }
    return true;
  }

  private static char wide(byte[] array, int from) {
    return (char) (array[from] & 0xFF | (array[from + 1] & 0xFF) << 8);
  }
}
