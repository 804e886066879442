package io.foreshock.operators.detect;

import io.foreshock.operators.detect.Detector.Outcome;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Two-sided cumulative sum of standardised deviations (Page, Biometrika 41, 1954; NIST/SEMATECH
 * e-Handbook 6.3.2.3): {@code S+ = max(0, S+ + z - k)}, {@code S- = max(0, S- - z - k)}, onset when
 * one is larger than h.
 *
 * <p>At an onset the sum that crossed is set back to h, and held at h or below while the symptom is
 * on; the other starts at 0. The symptom ends when the sum is back at 0: about {@code h / k}
 * readings after the level is back, however long the change lasted.
 *
 * <p>One reading adds at most {@value #LARGEST}, however wrong it is. The run lengths of normal
 * readings do not feel that, and with an h of 5 or more a single reading is no change of level.
 */
final class Cusum {
  static final double LARGEST = 3.5;

  private final double slack;
  private final double decision;
  private final double largest;
  private double up;
  private double down;
  private int direction;
  private double score;

  /**
   * @param slack k, in standard deviations: half the change to find
   * @param decision h, in standard deviations
   */
  Cusum(double slack, double decision) {
    this.slack = slack;
    this.decision = decision;
    largest = slack + LARGEST;
  }

  Outcome add(double z) {
    double bounded = Math.max(-largest, Math.min(largest, z));
    up = Math.max(0, up + bounded - slack);
    down = Math.max(0, down - bounded - slack);
    if (direction != 0) {
      up = direction > 0 ? Math.min(up, decision) : up;
      down = direction < 0 ? Math.min(down, decision) : down;
      if ((direction > 0 ? up : down) > 0) {
        return Outcome.NONE;
      }
      direction = 0;
      score = 0;
      return Outcome.CLEARED;
    }
    if (up <= decision && down <= decision) {
      return Outcome.NONE;
    }
    direction = up > decision ? 1 : -1;
    score = direction > 0 ? up : -down;
    up = direction > 0 ? decision : 0;
    down = direction < 0 ? decision : 0;
    return Outcome.ONSET;
  }

  boolean active() {
    return direction != 0;
  }

  /** The sum at the last onset, negative for a change downwards; 0 after its end. */
  double score() {
    return score;
  }

  Outcome reset() {
    Outcome outcome = active() ? Outcome.CLEARED : Outcome.NONE;
    up = 0;
    down = 0;
    direction = 0;
    score = 0;
    return outcome;
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte(direction);
    out.writeDouble(up);
    out.writeDouble(down);
  }

  void read(DataInputView in) throws IOException {
    direction = in.readByte();
    up = in.readDouble();
    down = in.readDouble();
  }
}
