package io.foreshock.operators.order;

import java.util.Arrays;

/**
 * A set of message numbers, kept as disjoint ranges in ascending order that do not touch. Each
 * range has the ingest time at which its earliest number arrived, for those who wait.
 */
final class NumberRanges {
  private static final long[] NONE = {};

  private long[] from = NONE;
  private long[] to = NONE;
  private long[] since = NONE;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  long from(int range) {
    return from[range];
  }

  long to(int range) {
    return to[range];
  }

  long since(int range) {
    return since[range];
  }

  /** How many numbers the set holds. */
  long count() {
    long count = 0;
    for (int i = 0; i < size; i++) {
      count += to[i] - from[i] + 1;
    }
    return count;
  }

  /** Smallest arrival time of all ranges; {@code Long.MAX_VALUE} when empty. */
  long earliest() {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      earliest = Math.min(earliest, since[i]);
    }
    return earliest;
  }

  boolean contains(long number) {
    int i = lastNotAfter(number);
    return i >= 0 && number <= to[i];
  }

  /** Adds a range that shares no number with the set. */
  void add(long first, long last, long arrival) {
    int left = lastNotAfter(first);
    int right = left + 1;
    boolean touchesLeft = left >= 0 && to[left] == first - 1;
    boolean touchesRight = right < size && from[right] == last + 1;
    if (touchesLeft && touchesRight) {
      to[left] = to[right];
      since[left] = Math.min(Math.min(since[left], since[right]), arrival);
      removeRange(right);
    } else if (touchesLeft) {
      to[left] = last;
      since[left] = Math.min(since[left], arrival);
    } else if (touchesRight) {
      from[right] = first;
      since[right] = Math.min(since[right], arrival);
    } else {
      insertRange(right, first, last, arrival);
    }
  }

  /** Removes a number; false when it was not there. */
  boolean remove(long number) {
    int i = lastNotAfter(number);
    if (i < 0 || number > to[i]) {
      return false;
    }
    long last = to[i];
    if (from[i] == number && last == number) {
      removeRange(i);
    } else if (from[i] == number) {
      from[i]++;
    } else {
      to[i] = number - 1;
      if (number < last) {
        insertRange(i + 1, number + 1, last, since[i]);
      }
    }
    return true;
  }

  void removeRange(int range) {
    int rest = size - range - 1;
    System.arraycopy(from, range + 1, from, range, rest);
    System.arraycopy(to, range + 1, to, range, rest);
    System.arraycopy(since, range + 1, since, range, rest);
    size--;
  }

  NumberRanges copy() {
    NumberRanges copy = new NumberRanges();
    copy.from = size == 0 ? NONE : Arrays.copyOf(from, size);
    copy.to = size == 0 ? NONE : Arrays.copyOf(to, size);
    copy.since = size == 0 ? NONE : Arrays.copyOf(since, size);
    copy.size = size;
    return copy;
  }

  /** Index of the last range that starts at or before the number; -1 for none. */
  private int lastNotAfter(long number) {
    int i = Arrays.binarySearch(from, 0, size, number);
    return i >= 0 ? i : -i - 2;
  }

  private void insertRange(int range, long first, long last, long arrival) {
    if (size == from.length) {
      int capacity = Math.max(2, size * 2);
      from = Arrays.copyOf(from, capacity);
      to = Arrays.copyOf(to, capacity);
      since = Arrays.copyOf(since, capacity);
    }
    System.arraycopy(from, range, from, range + 1, size - range);
    System.arraycopy(to, range, to, range + 1, size - range);
    System.arraycopy(since, range, since, range + 1, size - range);
    from[range] = first;
    to[range] = last;
    since[range] = arrival;
    size++;
  }
}
