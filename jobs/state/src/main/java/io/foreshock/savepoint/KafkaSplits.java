package io.foreshock.savepoint;

import io.foreshock.state.ReadableState;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;

/** Where the tasks of a Kafka source stand: one partition each. */
public final class KafkaSplits implements ReadableState {
  private static final long NONE = Long.MIN_VALUE;

  @Override
  public String stateName() {
    return "SourceReaderState";
  }

  @Override
  public Map<String, Object> read(byte[] value) throws IOException {
    try {
      return split(value);
    } catch (EOFException | UTFDataFormatException e) {
      // Another source than Kafka's; its form is its own.
      return Map.of("bytes", value.length);
    }
  }

  private static Map<String, Object> split(byte[] value) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(value);
    // Version of the connector's form of a split, and its length.
    in.readInt();
    in.readInt();
    Map<String, Object> split = new LinkedHashMap<>();
    split.put("topic", in.readUTF());
    split.put("partition", in.readInt());
    split.put("offset", in.readLong());
    long end = in.readLong();
    if (end != NONE) {
      split.put("end", end);
    }
    return split;
  }
}
