package io.foreshock.operators.detect;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * State machine that looks for one kind of symptom on one asset. Knows no Flink job and no clock:
 * time comes with what it is told.
 *
 * <p>A detector says {@link Outcome#ONSET} and {@link Outcome#CLEARED} in turn, beginning with an
 * onset. One object serves many assets, one at a time: {@link #reset} or {@link #read} puts it in
 * the state of the next. Reading the state back gives exactly the behaviour of never having written
 * it.
 */
public abstract sealed class Detector permits ReadingDetector, SilenceDetector, VectorDetector {

  /** What something told to a detector led to. */
  public enum Outcome {
    NONE,
    /** The symptom begins. */
    ONSET,
    /** The symptom ends. */
    CLEARED
  }

  double score = Double.NaN;
  double limit = Double.NaN;

  /** The state machine of a specification, in its initial state. */
  static Detector of(DetectorSpec spec) {
    if (spec instanceof DetectorSpec.Silence silence) {
      return new SilenceDetector(silence);
    } else if (spec instanceof DetectorSpec.Multivariate multivariate) {
      return new MultivariateDetector(multivariate);
    } else if (spec instanceof DetectorSpec.ChangePoint changePoint) {
      return new ChangePointDetector(changePoint);
    } else if (spec instanceof DetectorSpec.Degradation degradation) {
      return new DegradationDetector(degradation);
    } else if (spec instanceof DetectorSpec.StandsOut standsOut) {
      return new StandsOutDetector(standsOut);
    }
    return ReadingDetector.of(spec);
  }

  /** The statistic behind the last outcome that was not {@link Outcome#NONE}. */
  public final double score() {
    return score;
  }

  /** What {@link #score} was compared with, in the same unit. */
  public final double limit() {
    return limit;
  }

  /** What there is to say about the last outcome beside its numbers; empty for nothing. */
  public String detail() {
    return "";
  }

  /**
   * Starts the learning anew, after maintenance. A symptom that was on ends.
   *
   * <p>Detectors that learn nothing ignore it.
   */
  public Outcome relearn() {
    return Outcome.NONE;
  }

  /** Version of the form that {@link #write} produces, from 1. Part of the state contract. */
  public abstract int version();

  /** Forgets everything: the state of an asset never seen. */
  public abstract void reset();

  /** Writes the state without its version. */
  public abstract void write(DataOutputView out) throws IOException;

  /** Takes the state that was written as the given version, between 1 and {@link #version}. */
  public abstract void read(int version, DataInputView in) throws IOException;

  static IllegalArgumentException refused(DetectorSpec spec, String rule) {
    return new IllegalArgumentException("Detector cannot work: " + rule + ", but it is " + spec);
  }
}
