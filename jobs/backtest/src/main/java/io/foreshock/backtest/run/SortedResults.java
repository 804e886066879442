package io.foreshock.backtest.run;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/**
 * Results in order, however many: those that do not fit a chunk are on disk, in files that go when
 * nobody holds the results any more, or with the process.
 *
 * @param <T> kind of result; immutable
 */
final class SortedResults<T> implements Results<T> {
  /** Results held in memory: with evidence about 1 kB each. */
  static final int CHUNK = 100_000;

  private static final int BUFFER = 1 << 16;
  private static final Cleaner CLEANER = Cleaner.create();

  private final TypeSerializer<T> serializer;
  private final Comparator<? super T> order;
  private final int chunk;
  private final List<Path> files = new ArrayList<>();
  private List<T> rest = new ArrayList<>();
  private boolean sorted = true;
  private long size;

  SortedResults(TypeSerializer<T> serializer, Comparator<? super T> order, int chunk) {
    this.serializer = serializer;
    this.order = order;
    this.chunk = chunk;
    List<Path> ofThis = files;
    CLEANER.register(this, () -> ofThis.forEach(file -> file.toFile().delete()));
  }

  /** Adds a result; from any thread. */
  synchronized void add(T result) {
    rest.add(result);
    size++;
    sorted = false;
    if (rest.size() >= chunk) {
      spill();
    }
  }

  @Override
  public synchronized long size() {
    return size;
  }

  @Override
  public synchronized void forEach(Consumer<? super T> each) {
    sort();
    if (files.isEmpty()) {
      rest.forEach(each);
      return;
    }
    PriorityQueue<Run<T>> heads =
        new PriorityQueue<>(Comparator.comparing((Run<T> run) -> run.head, order));
    try {
      List<Run<T>> runs = new ArrayList<>();
      runs.add(new Run<>(rest));
      for (Path file : files) {
        runs.add(new Run<>(file, serializer));
      }
      runs.stream().filter(run -> run.head != null).forEach(heads::add);
      while (!heads.isEmpty()) {
        Run<T> first = heads.poll();
        each.accept(first.head);
        if (first.advance()) {
          heads.add(first);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      heads.forEach(Run::close);
    }
  }

  private void sort() {
    if (!sorted) {
      rest.sort(order);
      sorted = true;
    }
  }

  private void spill() {
    sort();
    try {
      Path file = Files.createTempFile("foreshock-results-", ".sorted");
      file.toFile().deleteOnExit();
      files.add(file);
      try (var out =
          new DataOutputViewStreamWrapper(
              new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
        for (T result : rest) {
          serializer.serialize(result, out);
        }
      }
      rest = new ArrayList<>();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sorted results, one after the other. */
  private static final class Run<T> {
    private final TypeSerializer<T> serializer;
    private final DataInputViewStreamWrapper in;
    private final List<T> list;
    private int next;
    private T head;

    Run(List<T> list) throws IOException {
      this.list = list;
      this.in = null;
      this.serializer = null;
      advance();
    }

    Run(Path file, TypeSerializer<T> serializer) throws IOException {
      this.list = null;
      this.serializer = serializer;
      this.in =
          new DataInputViewStreamWrapper(
              new BufferedInputStream(Files.newInputStream(file), BUFFER));
      advance();
    }

    /** Goes to the next; false at the end. */
    boolean advance() throws IOException {
      if (list != null) {
        head = next < list.size() ? list.get(next++) : null;
        return head != null;
      }
      try {
        head = serializer.deserialize(in);
      } catch (EOFException e) {
        head = null;
        close();
      }
      return head != null;
    }

    void close() {
      try {
        if (in != null) {
          in.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
