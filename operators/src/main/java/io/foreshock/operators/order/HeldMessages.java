package io.foreshock.operators.order;

import java.util.ArrayList;
import java.util.List;

/** Messages without numbers that are held back to be sorted by event time. */
final class HeldMessages {

  /**
   * @param oldestEventTimeMillis oldest event time of the message; decides the order
   * @param key where it is kept; decides among equals, so that the order does not depend on arrival
   * @param arrivalMillis ingest time at which it came
   */
  record Held(long oldestEventTimeMillis, long key, long arrivalMillis) {}

  private final List<Held> messages = new ArrayList<>(0);

  /** Newest event time heard of. */
  long newestEventTimeMillis = Long.MIN_VALUE;

  int size() {
    return messages.size();
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  Held get(int index) {
    return messages.get(index);
  }

  boolean contains(long key) {
    for (int i = 0; i < messages.size(); i++) {
      if (messages.get(i).key == key) {
        return true;
      }
    }
    return false;
  }

  void add(Held held) {
    int place = messages.size();
    while (place > 0 && isAfter(messages.get(place - 1), held)) {
      place--;
    }
    messages.add(place, held);
  }

  private static boolean isAfter(Held one, Held other) {
    return one.oldestEventTimeMillis != other.oldestEventTimeMillis
        ? one.oldestEventTimeMillis > other.oldestEventTimeMillis
        : one.key > other.key;
  }

  Held removeFirst() {
    return messages.remove(0);
  }

  /** Smallest arrival time; {@code Long.MAX_VALUE} when empty. */
  long earliest() {
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < messages.size(); i++) {
      earliest = Math.min(earliest, messages.get(i).arrivalMillis);
    }
    return earliest;
  }

  HeldMessages copy() {
    HeldMessages copy = new HeldMessages();
    copy.messages.addAll(messages);
    copy.newestEventTimeMillis = newestEventTimeMillis;
    return copy;
  }
}
