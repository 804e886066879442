package io.foreshock.backtest.run;

import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Takes results out of a job that runs in this process.
 *
 * @param <T> kind of result; immutable
 */
final class KeptResults<T> implements AutoCloseable {
  private static final Map<String, KeptResults<?>> RUNS = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();
  private final SortedResults<T> kept;

  KeptResults(TypeSerializer<T> serializer, Comparator<? super T> order) {
    kept = new SortedResults<>(serializer, order, SortedResults.CHUNK);
    RUNS.put(run, this);
  }

  /** Where the job puts its results. */
  Sink<T> sink() {
    return new ToThisProcess<>(run);
  }

  /** What has come, in order; to be asked for when the job is over. */
  Results<T> results() {
    return kept;
  }

  @Override
  public void close() {
    RUNS.remove(run);
  }

  private record ToThisProcess<T>(String run) implements Sink<T> {
    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("unchecked")
    public SinkWriter<T> createWriter(WriterInitContext context) {
      KeptResults<T> results = (KeptResults<T>) RUNS.get(run);
      return new SinkWriter<>() {
        @Override
        public void write(T result, Context at) {
          results.kept.add(result);
        }

        @Override
        public void flush(boolean endOfInput) {
          // Each result is kept at once.
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };
    }
  }
}
