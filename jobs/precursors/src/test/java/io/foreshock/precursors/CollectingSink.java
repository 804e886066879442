package io.foreshock.precursors;

import java.io.Serializable;
import java.util.Queue;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Collects what a run gives in this process, each as soon as it comes.
 *
 * @param run name of the run
 * @param queues where its results go, by name of the run
 */
record CollectingSink<T>(String run, Queues queues) implements Sink<T> {
  private static final long serialVersionUID = 1L;

  /** A reference to something static: results do not travel with the graph. */
  interface Queues extends Function<String, Queue<Object>>, Serializable {}

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Queue<Object> results = queues.apply(run);
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context context) {
        results.add(element);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
