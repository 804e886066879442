package io.foreshock.backtest.data;

import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.run.RunWishes;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.io.IOException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Something that was recorded: the messages its machines sent or would have sent, and what really
 * happened to them.
 *
 * <p>A command calls, in this order: {@link #describe}, {@link #referenceSet} and {@link #channels}
 * (unless patterns are given), {@link #writeTo}, {@link #truth}, {@link #figures}.
 */
public interface Recording extends RecordFile.Content {

  /**
   * What this recording holds and what of it can be judged, in lines for the person who looks on.
   */
  List<String> describe();

  /**
   * Name of the patterns that run when none are given: a reference set of {@link
   * io.foreshock.patterns.catalogue.PatternCatalogue#reference(String)}; empty for the production
   * set.
   */
  String referenceSet();

  /** Channels and their ranges. By default those of the catalogue. */
  default ChannelRegistry channels() {
    return ChannelCatalogue.load();
  }

  /**
   * Writes every message, in order of append time, one after the other: a recording may be larger
   * than memory. {@link Messages} turns readings into records. Writes the same each time it is
   * called.
   *
   * <p>Must not tell what no device knew then: labels, failures, remaining life.
   *
   * @return number of messages
   */
  @Override
  long writeTo(RecordFile.Target target) throws IOException;

  /** What really happened. Asked for after {@link #writeTo}: some learn it while they read. */
  Truth truth();

  /** Zone of the plant, for people who read times. By default UTC. */
  default ZoneId zone() {
    return ZoneOffset.UTC;
  }

  /** What became of the rows that were read. Asked for after {@link #writeTo}. */
  default Optional<InputReport> input() {
    return Optional.empty();
  }

  /** What the run shall keep besides detections. By default nothing. */
  default RunWishes wishes() {
    return RunWishes.NOTHING;
  }

  /**
   * The figures of the set's own protocol (e.g. false alarm rate by row, lead time in cycles):
   * printed, and added to the document of {@code --json}. By default there are none, and alarms are
   * scored against {@link Truth#failures} alone.
   *
   * @param outcome what came out of the pipeline
   */
  default Optional<Figures> figures(RunOutcome outcome) {
    return Optional.empty();
  }
}
