package io.foreshock.patterns.engine;

/**
 * Where the bytes of one asset's {@link AssetValue} stand: in an array that may hold others' as
 * well. Whoever fills it in owns the array and must not change the bytes while they are read.
 */
final class StoredValue {
  private byte[] array;
  private int offset;
  private int length;

  /**
   * @param bytes the whole value; null when nothing is open
   */
  void set(byte[] bytes) {
    set(bytes, 0, bytes == null ? 0 : bytes.length);
  }

  /**
   * @param in null when nothing is open
   */
  void set(byte[] in, int from, int size) {
    array = in;
    offset = from;
    length = size;
  }

  /** False when nothing is open. */
  boolean exists() {
    return array != null;
  }

  byte[] array() {
    return array;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }
}
