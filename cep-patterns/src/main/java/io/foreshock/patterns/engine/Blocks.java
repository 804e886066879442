package io.foreshock.patterns.engine;

/**
 * Arrays of bytes in the order in which they were begun, filled one after the other. A place in
 * them is one number: which block above, the offset below. Blocks are numbered without end, so a
 * place stays what it is when older blocks go.
 */
final class Blocks {
  private final int blockSize;

  /** Blocks {@code first} to {@code next - 1}, each at its number modulo the length. */
  private byte[][] blocks = new byte[8][];

  private int first;
  private int next;
  private int end;
  private long bytes;

  /**
   * @param blockSize of all blocks but those that have to be larger
   */
  Blocks(int blockSize) {
    this.blockSize = blockSize;
  }

  int count() {
    return next - first;
  }

  long bytes() {
    return bytes;
  }

  /** Place for so many bytes that are zero, all in one block. */
  long append(int size) {
    if (next == first || at(next - 1).length - end < size) {
      begin(Math.max(blockSize, size));
    }
    long place = place(next - 1, end);
    end += size;
    return place;
  }

  private void begin(int size) {
    if (count() == blocks.length) {
      byte[][] more = new byte[2 * blocks.length][];
      for (int i = first; i != next; i++) {
        more[i & more.length - 1] = at(i);
      }
      blocks = more;
    }
    blocks[next++ & blocks.length - 1] = new byte[size];
    bytes += size;
    end = 0;
  }

  byte[] block(long place) {
    return at((int) (place >>> 32));
  }

  static int offset(long place) {
    return (int) place;
  }

  byte[] oldest() {
    return at(first);
  }

  /** Place of an offset in the oldest block. */
  long placeInOldest(int offset) {
    return place(first, offset);
  }

  /** Lets the oldest block go. */
  void dropOldest() {
    bytes -= oldest().length;
    blocks[first++ & blocks.length - 1] = null;
  }

  private byte[] at(int number) {
    return blocks[number & blocks.length - 1];
  }

  private static long place(int number, int offset) {
    return (long) number << 32 | offset;
  }
}
