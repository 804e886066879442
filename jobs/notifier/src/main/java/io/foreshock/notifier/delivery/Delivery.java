package io.foreshock.notifier.delivery;

import io.foreshock.notifier.channel.Page;
import java.util.List;

/**
 * A page on its way to one channel.
 *
 * @param page what is said
 * @param sources the record that it came from, or all that it stands for
 */
record Delivery(Page page, List<Source> sources) {

  /**
   * A record of {@code <tenant>.notifications}.
   *
   * @param key the record's key; null when it has none
   * @param value its bytes, for the dead letter
   * @param tracker of its partition, told when it is done
   */
  record Source(
      String topic, int partition, long offset, byte[] key, byte[] value, OffsetTracker tracker) {

    void done() {
      tracker.end(offset);
    }

    /** Where it stands: {@code topic/partition/offset}. */
    String place() {
      return topic + '/' + partition + '/' + offset;
    }
  }

  String tenant() {
    return page.tenant();
  }

  void done() {
    sources.forEach(Source::done);
  }

  /** Whether every record of it is another notifier's by now. */
  boolean isClosed() {
    return sources.stream().allMatch(source -> source.tracker().isClosed());
  }
}
