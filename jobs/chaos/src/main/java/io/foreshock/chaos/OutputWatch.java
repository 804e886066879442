package io.foreshock.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.chaos.truth.Comparison;
import io.foreshock.chaos.truth.Lines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads all outputs of the job while it runs, committed records only, keeps every record as a line,
 * and knows how long ago the newest of them was sent.
 */
final class OutputWatch implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(60);

  private final String bootstrapServers;
  private final Map<String, Output> byTopic = new LinkedHashMap<>();
  private final Map<String, Lines> found = new LinkedHashMap<>();
  private final List<String> unreadable = new ArrayList<>();
  private final AtomicReference<RuntimeException> broken = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "read-outputs");
  private final TreeMap<Long, Long> seenByEventTime = new TreeMap<>();
  private final TreeSet<Long> readAt = new TreeSet<>();
  private final Listener listener;
  private volatile long newestEventTimeMillis = Long.MIN_VALUE;
  private volatile long records;
  private volatile boolean toTheEnd;
  private volatile boolean closed;
  private volatile boolean complete;

  /** Told of every record as it is read. */
  @FunctionalInterface
  interface Listener {
    void read(Output output, Output.Found record, long nowMillis);
  }

  OutputWatch(String bootstrapServers, List<Output> outputs, List<String> tenants) {
    this(bootstrapServers, outputs, tenants, (output, record, nowMillis) -> {});
  }

  OutputWatch(
      String bootstrapServers, List<Output> outputs, List<String> tenants, Listener listener) {
    this.listener = listener;
    this.bootstrapServers = bootstrapServers;
    for (Output output : outputs) {
      found.put(output.name(), new Lines());
      tenants.forEach(tenant -> byTopic.put(output.topic(tenant), output));
    }
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Event time of the newest live record that is readable. */
  long newestEventTimeMillis() {
    return newestEventTimeMillis;
  }

  /** When a record that was sent after the given time could first be read; -1 when never. */
  synchronized long firstReadAfter(long sentMillis) {
    var first = seenByEventTime.higherEntry(sentMillis);
    return first == null ? -1 : first.getValue();
  }

  /** When the first record after the given time was read, whenever it was sent; -1 when never. */
  synchronized long nextReadAfter(long millis) {
    Long next = readAt.higher(millis);
    return next == null ? -1 : next;
  }

  /**
   * Longest time without a record that could be read, in milliseconds.
   *
   * @param toMillis the silence that lasts then counts to its end
   */
  synchronized long longestSilence(long fromMillis, long toMillis) {
    Long before = readAt.floor(fromMillis);
    long last = before == null ? fromMillis : before;
    long longest = 0;
    for (long read : readAt.tailSet(fromMillis, false)) {
      longest = Math.max(longest, read - last);
      last = read;
      if (read > toMillis) {
        break;
      }
    }
    return longest;
  }

  /** What has come of an output so far against what has to. */
  synchronized Comparison compare(Output output, Lines expected) {
    return Comparison.of(output.name(), expected, found.get(output.name()));
  }

  /** Records read so far. */
  long records() {
    return records;
  }

  /** What ended the reading; null while it goes on. */
  RuntimeException failure() {
    return broken.get();
  }

  /**
   * Reads to the present end of all outputs and stops; for outputs that nobody writes to any more.
   *
   * @return false when the end could not be reached: an open transaction holds up readers
   */
  boolean finish() throws InterruptedException {
    toTheEnd = true;
    thread.join(END_LIMIT.toMillis() * 2);
    return complete;
  }

  /** Records of one output; complete after {@link #finish}. */
  synchronized Lines found(Output output) {
    return found.get(output.name());
  }

  /** How many records of an output have come. */
  synchronized long count(Output output) {
    return found.get(output.name()).size();
  }

  /** Records that are none of the job's. */
  synchronized List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  private void run() {
    try (TopicReader reader = new TopicReader(bootstrapServers, byTopic.keySet())) {
      while (!closed && !toTheEnd) {
        reader.poll(this::take);
      }
      complete = !closed && reader.readToTheEnd(END_LIMIT, this::take);
    } catch (RuntimeException e) {
      if (!closed) {
        broken.set(e);
      }
    }
  }

  private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
    Output output = byTopic.get(record.topic());
    records++;
    try {
      Output.Found line = output.reader().read(record);
      if (line == null) {
        return;
      }
      if (!record.topic().equals(output.topic(line.tenant()))) {
        unreadable.add(record.topic() + " holds a record of tenant " + line.tenant());
      }
      found.get(output.name()).add(Lines.device(line.tenant(), line.device()), line.line());
      long now = System.currentTimeMillis();
      readAt.add(now);
      if (line.eventTimeMillis() > newestEventTimeMillis) {
        newestEventTimeMillis = line.eventTimeMillis();
        seenByEventTime.put(newestEventTimeMillis, now);
      }
      listener.read(output, line, now);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      unreadable.add(
          record.topic()
              + "-"
              + record.partition()
              + "@"
              + record.offset()
              + ": "
              + e.getMessage());
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join(END_LIMIT.toMillis());
  }
}
