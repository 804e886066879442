package io.foreshock.backtest.run;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * The other end of a file that is read in this process: counts its records, and can make the reader
 * wait at the end of the file while the job's state is looked at.
 */
final class RecordFeed implements AutoCloseable {
  private static final Map<String, RecordFeed> FEEDS = new ConcurrentHashMap<>();

  private final String name = UUID.randomUUID().toString();
  private final Set<ByteBuffer> keys = new HashSet<>();
  private final CountDownLatch atEnd = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private volatile long records;

  RecordFeed() {
    FEEDS.put(name, this);
  }

  /** The feed of that name; null when there is none. */
  static RecordFeed named(String name) {
    return FEEDS.get(name);
  }

  String name() {
    return name;
  }

  /** A record was read. By one thread only. */
  void read(byte[] key) {
    records = records + 1;
    keys.add(ByteBuffer.wrap(key));
  }

  /** The file is at its end; returns when it may end. */
  void waitAtEnd() throws InterruptedException {
    atEnd.countDown();
    mayEnd.await();
  }

  /** Returns when every record was read. */
  CountDownLatch atEnd() {
    return atEnd;
  }

  /** The file may end. */
  void letEnd() {
    mayEnd.countDown();
  }

  long records() {
    return records;
  }

  /** Number of different keys; to be asked for when the file is at its end. */
  long assets() {
    return keys.size();
  }

  @Override
  public void close() {
    letEnd();
    FEEDS.remove(name);
  }
}
