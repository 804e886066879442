package io.foreshock.runtime.testing;

import io.foreshock.model.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Bounded records by partition, as Kafka gives them: each partition in order, with a watermark of
 * its own, positions in state. Every partition can stop short of its end until somebody opens the
 * gate, so that a savepoint hits the middle.
 */
public final class PartitionedSource
    implements Source<RawRecord, PartitionedSource.Split, Integer> {
  private static final long serialVersionUID = 1L;

  /** Input by name of the run: records do not travel with the graph. */
  private static final Map<String, Input> INPUTS = new ConcurrentHashMap<>();

  private final String run;

  /**
   * @param stopAt share of each partition, from 0 to 1, after which the gate is; 1 for no gate
   */
  public PartitionedSource(String run, List<List<RawRecord>> partitions, double stopAt) {
    this.run = run;
    INPUTS.put(run, new Input(partitions, stopAt));
  }

  /** True when every partition waits at the gate or is at its end. */
  public boolean isAtGate() {
    Input input = INPUTS.get(run);
    return input.waiting.size() == input.partitions.size();
  }

  /** Share of each partition after which the gate is. */
  public double stopAt() {
    return INPUTS.get(run).stopAt;
  }

  public void forget() {
    INPUTS.remove(run);
  }

  private static final class Input {
    final List<List<RawRecord>> partitions;
    final double stopAt;
    final Map<Integer, Boolean> waiting = new ConcurrentHashMap<>();

    Input(List<List<RawRecord>> partitions, double stopAt) {
      this.partitions = partitions;
      this.stopAt = stopAt;
    }

    int gate(int partition) {
      int size = partitions.get(partition).size();
      return stopAt >= 1 ? size : (int) (size * stopAt);
    }
  }

  /** One partition and how far it was read. */
  public static final class Split implements SourceSplit {
    final int partition;
    int position;

    Split(int partition, int position) {
      this.partition = partition;
      this.position = position;
    }

    @Override
    public String splitId() {
      return String.valueOf(partition);
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<Split, Integer> createEnumerator(SplitEnumeratorContext<Split> context) {
    return new Enumerator(context, INPUTS.get(run).partitions.size(), 0);
  }

  @Override
  public SplitEnumerator<Split, Integer> restoreEnumerator(
      SplitEnumeratorContext<Split> context, Integer assigned) {
    return new Enumerator(context, INPUTS.get(run).partitions.size(), assigned);
  }

  @Override
  public SourceReader<RawRecord, Split> createReader(SourceReaderContext context) {
    return new Reader(INPUTS.get(run));
  }

  @Override
  public SimpleVersionedSerializer<Split> getSplitSerializer() {
    return new SplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Integer> getEnumeratorCheckpointSerializer() {
    return new IntegerSerializer();
  }

  /** Hands partition i to reader i modulo their number, once all readers are there. */
  private static final class Enumerator implements SplitEnumerator<Split, Integer> {
    private final SplitEnumeratorContext<Split> context;
    private final int partitions;
    private int assigned;

    Enumerator(SplitEnumeratorContext<Split> context, int partitions, int assigned) {
      this.context = context;
      this.partitions = partitions;
      this.assigned = assigned;
    }

    @Override
    public void start() {}

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<Split> splits, int subtask) {
      throw new IllegalStateException("A reader failed; this source is for runs without failures.");
    }

    @Override
    public void addReader(int subtask) {
      if (context.registeredReaders().size() < context.currentParallelism()) {
        return;
      }
      while (assigned < partitions) {
        int reader = assigned % context.currentParallelism();
        context.assignSplit(new Split(assigned++, 0), reader);
      }
      context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
    }

    @Override
    public Integer snapshotState(long checkpointId) {
      return assigned;
    }

    @Override
    public void close() {}
  }

  private static final class Reader implements SourceReader<RawRecord, Split> {
    private final Input input;
    private final Deque<Split> reading = new ArrayDeque<>();
    private final List<Split> standing = new ArrayList<>();
    private final Map<Integer, SourceOutput<RawRecord>> outputs = new HashMap<>();
    private boolean complete;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    Reader(Input input) {
      this.input = input;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<RawRecord> output) {
      Split split = reading.poll();
      if (split == null) {
        boolean atEnd =
            standing.stream().allMatch(s -> s.position == input.partitions.get(s.partition).size());
        if (complete && atEnd) {
          return InputStatus.END_OF_INPUT;
        }
        available = new CompletableFuture<>();
        return InputStatus.NOTHING_AVAILABLE;
      }
      if (split.position < input.gate(split.partition)) {
        RawRecord record = input.partitions.get(split.partition).get(split.position++);
        SourceOutput<RawRecord> own =
            outputs.computeIfAbsent(
                split.partition, p -> output.createOutputForSplit(split.splitId()));
        own.collect(record, record.appendTimeMillis());
        // By record, not by processing time: a fast run would be over before the first one.
        own.emitWatermark(new Watermark(record.appendTimeMillis() - 1));
        reading.add(split);
      } else {
        standing.add(split);
        input.waiting.put(split.partition, true);
        if (split.position == input.partitions.get(split.partition).size()) {
          output.releaseOutputForSplit(split.splitId());
        }
      }
      return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<Split> snapshotState(long checkpointId) {
      List<Split> all = new ArrayList<>();
      reading.forEach(s -> all.add(new Split(s.partition, s.position)));
      standing.forEach(s -> all.add(new Split(s.partition, s.position)));
      return all;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<Split> splits) {
      reading.addAll(splits);
      available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
      complete = true;
      available.complete(null);
    }

    @Override
    public void close() {}
  }

  private static final class SplitSerializer implements SimpleVersionedSerializer<Split> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Split split) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeInt(split.partition);
      out.writeInt(split.position);
      return bytes.toByteArray();
    }

    @Override
    public Split deserialize(int version, byte[] serialized) throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
      return new Split(in.readInt(), in.readInt());
    }
  }

  private static final class IntegerSerializer implements SimpleVersionedSerializer<Integer> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Integer value) {
      return new byte[] {value.byteValue()};
    }

    @Override
    public Integer deserialize(int version, byte[] serialized) {
      return (int) serialized[0];
    }
  }
}
