package io.foreshock.operators.alerts;

import java.util.Arrays;

/** Detections of one alert that were seen, by hash; the newest {@value #CAPACITY}. */
final class SeenIds {
  static final int CAPACITY = 256;

  private long[] hashes;
  private int size;
  private int next;

  SeenIds() {
    this(new long[8], 0, 0);
  }

  SeenIds(long[] hashes, int size, int next) {
    this.hashes = hashes;
    this.size = size;
    this.next = next;
  }

  /** Adds an id; false when it is there already. */
  boolean add(String id) {
    long hash = hash(id);
    for (int i = 0; i < size; i++) {
      if (hashes[i] == hash) {
        return false;
      }
    }
    if (size == hashes.length && size < CAPACITY) {
      hashes = Arrays.copyOf(hashes, size * 2);
    }
    hashes[next] = hash;
    size = Math.max(size, next + 1);
    next = (next + 1) % CAPACITY;
    return true;
  }

  int size() {
    return size;
  }

  int next() {
    return next;
  }

  long at(int index) {
    return hashes[index];
  }

  /** FNV-1a, 64 bit: part of the state format. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
