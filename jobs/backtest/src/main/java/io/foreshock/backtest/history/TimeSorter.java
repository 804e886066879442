package io.foreshock.backtest.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Brings rows into the order of time, then asset; rows of one asset and time stay in the order in
 * which they came. What does not fit a chunk goes to disk.
 */
final class TimeSorter implements AutoCloseable {
  /** Rows and values of a chunk: about 40 MB. */
  static final int CHUNK = 1_000_000;

  private static final int BUFFER = 1 << 16;
  private static final Comparator<HistoryRow> ORDER =
      Comparator.comparingLong(HistoryRow::millis).thenComparingInt(HistoryRow::asset);

  private final int chunk;
  private final List<Path> files = new ArrayList<>();
  private List<HistoryRow> rows = new ArrayList<>();
  private long weight;

  /** Takes rows in order. */
  @FunctionalInterface
  interface Taker {
    void take(HistoryRow row) throws IOException;
  }

  /**
   * @param chunk rows and values held in memory
   */
  TimeSorter(int chunk) {
    this.chunk = chunk;
  }

  void add(HistoryRow row) throws IOException {
    rows.add(row);
    weight += 1 + row.values().length;
    if (weight >= chunk) {
      spill();
    }
  }

  /** Hands out everything, in order. */
  void drainTo(Taker taker) throws IOException {
    rows.sort(ORDER);
    if (files.isEmpty()) {
      for (HistoryRow row : rows) {
        taker.take(row);
      }
      rows = new ArrayList<>();
      return;
    }
    spill();
    PriorityQueue<Chunk> heads =
        new PriorityQueue<>(
            Comparator.comparing((Chunk c) -> c.row, ORDER).thenComparingInt(c -> c.number));
    try {
      for (Path file : files) {
        Chunk next = new Chunk(file, heads.size());
        if (next.advance()) {
          heads.add(next);
        }
      }
      while (!heads.isEmpty()) {
        Chunk first = heads.poll();
        taker.take(first.row);
        if (first.advance()) {
          heads.add(first);
        }
      }
    } finally {
      for (Chunk head : heads) {
        head.in.close();
      }
    }
  }

  private void spill() throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    rows.sort(ORDER);
    Path file = Files.createTempFile("foreshock-history-", ".rows");
    files.add(file);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
      for (HistoryRow row : rows) {
        row.write(out);
      }
    }
    rows.clear();
    weight = 0;
  }

  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  private static final class Chunk {
    final int number;
    final DataInputStream in;
    HistoryRow row;

    Chunk(Path file, int number) throws IOException {
      this.number = number;
      this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    boolean advance() throws IOException {
      try {
        row = HistoryRow.read(in);
        return true;
      } catch (EOFException e) {
        in.close();
        return false;
      }
    }
  }
}
