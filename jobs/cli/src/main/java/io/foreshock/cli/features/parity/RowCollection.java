package io.foreshock.cli.features.parity;

import io.foreshock.model.FeatureRow;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Collects rows in this process, for jobs that run in it. */
final class RowCollection implements AutoCloseable {
  private static final Map<String, RowTable> TABLES = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();

  RowCollection() {
    TABLES.put(run, new RowTable());
  }

  RowTable table() {
    return TABLES.get(run);
  }

  Sink<FeatureRow> sink() {
    return new Collecting(run);
  }

  private record Collecting(String run) implements Sink<FeatureRow> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<FeatureRow> createWriter(WriterInitContext context) {
      RowTable table = TABLES.get(run);
      return new SinkWriter<>() {
        @Override
        public void write(FeatureRow row, Context at) {
          table.add(row);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }

  @Override
  public void close() {
    TABLES.remove(run);
  }
}
