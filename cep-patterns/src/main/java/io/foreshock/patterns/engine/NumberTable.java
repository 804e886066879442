package io.foreshock.patterns.engine;

/**
 * Numbers by hash: open addressing, at most half full, in one array that holds hash and number side
 * by side. Several numbers may have one hash; who looks one up compares what the numbers stand for.
 */
final class NumberTable {

  static final int NONE = -1;

  /** Hash above, number + 1 below; 0 for an empty place. */
  private long[] table = new long[16];

  private int shift = 28;
  private int size;
  private int at;

  static int hash(String key) {
    return key.hashCode() * 0x9E3779B9;
  }

  int size() {
    return size;
  }

  long bytes() {
    return 8L * table.length;
  }

  /** The first number with a hash; {@link #NONE} for none. */
  int first(int hash) {
    at = hash >>> shift;
    return find(hash);
  }

  /** The next number with the hash that was asked for last. */
  int next(int hash) {
    at = following(at);
    return find(hash);
  }

  private int find(int hash) {
    for (; table[at] != 0; at = following(at)) {
      if ((int) (table[at] >>> 32) == hash) {
        return (int) table[at] - 1;
      }
    }
    return NONE;
  }

  void add(int hash, int number) {
    size++;
    if (2 * size > table.length) {
      grow();
    }
    put((long) hash << 32 | number + 1);
  }

  private void put(long entry) {
    int place = (int) (entry >>> 32) >>> shift;
    while (table[place] != 0) {
      place = following(place);
    }
    table[place] = entry;
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    shift--;
    for (long entry : old) {
      if (entry != 0) {
        put(entry);
      }
    }
  }

  /** Takes a number out and closes the gap, so that what stands behind it is still found. */
  void remove(int hash, int number) {
    size--;
    int gap = hash >>> shift;
    while ((int) table[gap] - 1 != number) {
      gap = following(gap);
    }
    int mask = table.length - 1;
    for (int place = following(gap); table[place] != 0; place = following(place)) {
      int home = (int) (table[place] >>> 32) >>> shift;
      if ((place - home & mask) >= (place - gap & mask)) {
        table[gap] = table[place];
        gap = place;
      }
    }
    table[gap] = 0;
  }

  private int following(int place) {
    return place + 1 & table.length - 1;
  }
}
