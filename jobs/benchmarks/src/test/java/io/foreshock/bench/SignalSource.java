package io.foreshock.bench;

import io.foreshock.model.Signal;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Gives the signals of a run's case as fast as they are taken, with a watermark each 200 ms and
 * whenever it waits. Restores nothing: a run that fails is over.
 */
final class SignalSource
    implements Source<Signal, NumberSequenceSplit, Collection<NumberSequenceSplit>> {
  private static final long serialVersionUID = 1L;

  private static final long WATERMARK_NANOS = 200_000_000;

  private final long run;
  private final NumberSequenceSource parts;

  SignalSource(Run run, int parallelism) {
    this.run = run.number;
    parts = new NumberSequenceSource(0, parallelism - 1);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<Signal, NumberSequenceSplit> createReader(SourceReaderContext context) {
    return new Reader(Run.of(run), context.getIndexOfSubtask());
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context) {
    return parts.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context,
      Collection<NumberSequenceSplit> checkpoint) {
    return parts.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
    return parts.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
      getEnumeratorCheckpointSerializer() {
    return parts.getEnumeratorCheckpointSerializer();
  }

  private static final class Reader implements SourceReader<Signal, NumberSequenceSplit> {
    private final Part part;
    private final SignalStream stream;
    private final long bound;
    private long given;
    private long allowed;
    private long lastWatermark;
    private long sentAt;
    private long nextWatermark = System.nanoTime();

    Reader(Run run, int subtask) {
      part = run.part(subtask);
      stream = new SignalStream(run.benchCase, subtask, part.parts);
      bound = 1000L * run.benchCase.disorderSeconds() + 1;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Signal> output) {
      if (given == allowed && !more(output)) {
        return InputStatus.NOTHING_AVAILABLE;
      }
      Signal signal = stream.next();
      output.collect(signal, signal.eventTimeMillis());
      given++;
      return InputStatus.MORE_AVAILABLE;
    }

    private boolean more(ReaderOutput<Signal> output) {
      long now = System.nanoTime();
      if (now - nextWatermark >= 0) {
        watermark(output);
        nextWatermark = now + WATERMARK_NANOS;
      }
      long slice = part.allow(given);
      if (slice == 0) {
        watermark(output);
        return false;
      }
      allowed = given + slice;
      return true;
    }

    private void watermark(ReaderOutput<Signal> output) {
      // Asked once: a flush that begins in between must not be taken for one that was sent.
      boolean flush = part.flushes();
      long watermark = flush ? stream.latest() + 60_000 : stream.latest() - bound;
      if (watermark > lastWatermark || given != sentAt) {
        lastWatermark = Math.max(watermark, lastWatermark);
        sentAt = given;
        output.emitWatermark(new Watermark(lastWatermark));
      }
      part.sent(lastWatermark, flush);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return given < allowed ? CompletableFuture.completedFuture(null) : part.available();
    }

    @Override
    public void start() {}

    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }
}
