package io.foreshock.operators.detect;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One channel rises above its own baseline by more than any of its peers above theirs.
 *
 * <p>Timeline: {@code learning (no symptom) → own deviation less the largest of the peers beyond
 * limitSigma, unbroken for hold → onset → … → at or inside clearSigma: cleared}.
 *
 * <p>A change that all channels feel (load, speed, weather) cancels as far as they feel it alike; a
 * channel that only feels its neighbour never stands out, but while the neighbour shakes more, a
 * fault of its own is hidden. Peers that are not learned yet (a constant channel never is) are left
 * out, and without any there is no symptom. For a reading that is missing the last value stands in
 * for a {@value #GAP}th of the learning time; after that nothing is learned or judged until it is
 * back. A gap is time in which the averages forget.
 *
 * <p>Score: the statistic in standard deviations. Limit: {@code limitSigma} at the onset, {@code
 * clearSigma} at the end; both NaN when maintenance ended it.
 */
final class StandsOutDetector extends VectorDetector {
  /** Share of the learning time for which a reading may stand in for the next. */
  static final int GAP = 20;

  private final DetectorSpec.StandsOut spec;
  private final OwnDeviation[] channels;
  private final Episode episode;

  StandsOutDetector(DetectorSpec.StandsOut spec) {
    super(spec, spec.channels(), spec.baseline().toMillis() / GAP);
    this.spec = spec;
    if (!(spec.clearSigma() <= spec.limitSigma())) {
      throw refused(spec, "clearSigma must not be larger than limitSigma");
    }
    if (spec.baseline().toMillis() < GAP) {
      throw refused(spec, "the baseline takes time");
    }
    if (spec.peers().isEmpty()) {
      throw refused(spec, "a channel stands out among peers");
    }
    channels = new OwnDeviation[spec.channels().size()];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = new OwnDeviation(spec.baseline(), spec.smooth());
    }
    episode = new Episode(spec.hold());
  }

  @Override
  Outcome onVector(long timeMillis, long stepMillis, double[] vector) {
    double peers = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < channels.length; i++) {
      channels[i].add(stepMillis, vector[i]);
      if (i > 0 && channels[i].known()) {
        peers = Math.max(peers, channels[i].sigmas());
      }
    }
    if (!channels[0].known() || peers == Double.NEGATIVE_INFINITY) {
      return Outcome.NONE;
    }
    double beyond = channels[0].sigmas() - Math.max(0, peers);
    Outcome outcome =
        episode.update(timeMillis, beyond > spec.limitSigma(), beyond <= spec.clearSigma());
    if (outcome != Outcome.NONE) {
      score = beyond;
      limit = outcome == Outcome.ONSET ? spec.limitSigma() : spec.clearSigma();
    }
    return outcome;
  }

  @Override
  public Outcome relearn() {
    for (OwnDeviation channel : channels) {
      channel.reset();
    }
    score = Double.NaN;
    limit = Double.NaN;
    return episode.end();
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  void resetOwn() {
    for (OwnDeviation channel : channels) {
      channel.reset();
    }
    episode.end();
  }

  @Override
  void writeOwn(long lastMillis, DataOutputView out) throws IOException {
    episode.write(lastMillis, out);
    for (OwnDeviation channel : channels) {
      channel.write(out);
    }
  }

  @Override
  void readOwn(int version, long lastMillis, DataInputView in) throws IOException {
    episode.read(lastMillis, in);
    for (OwnDeviation channel : channels) {
      channel.read(in);
    }
  }
}
