package io.foreshock.chaos.truth;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import java.util.regex.Pattern;

/**
 * What a device does that must be detected, exactly once: it shakes, then reports a fault.
 *
 * @param shakesMillis event time of the reading that shakes
 * @param failsMillis event time of the fault code
 */
record Episode(long shakesMillis, long failsMillis) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  /** The pattern as the file for the job {@code precursors} states it. */
  private static final String PATTERN =
      "shaking-then-fault v1 pump bearing wear CRITICAL at %d:"
          + " shakes[SYMPTOM shaking=8.5@%d] fails[FAULT_CODE E42=NaN@%d]";

  /** The detection that must come of it. */
  String line(boolean backlog) {
    return (backlog ? "backlog " : "live ")
        + PATTERN.formatted(failsMillis, shakesMillis, failsMillis);
  }

  /**
   * A detection that came: pattern and version, what is about to fail, event time, and each stage
   * with its signals. The id, which follows from these by a function of the product's own, is held
   * to its form only.
   */
  static String line(Detection detection) {
    StringBuilder line = new StringBuilder(detection.backlog() ? "backlog " : "live ");
    line.append(detection.pattern()).append(" v").append(detection.patternVersion());
    line.append(' ').append(detection.asset().assetClass());
    line.append(' ').append(detection.component()).append(' ').append(detection.failureMode());
    line.append(' ').append(detection.severity());
    if (!ID.matcher(detection.id()).matches()) {
      line.append(" with the id \"").append(detection.id()).append('"');
    }
    line.append(" at ").append(detection.eventTimeMillis()).append(':');
    for (Detection.StageEvidence stage : detection.evidence()) {
      line.append(' ').append(stage.stage()).append('[');
      String separator = "";
      for (Signal signal : stage.signals()) {
        line.append(separator).append(signal.kind()).append(' ').append(signal.name());
        line.append('=').append(signal.value()).append('@').append(signal.eventTimeMillis());
        separator = ", ";
      }
      line.append(']');
    }
    return line.toString();
  }
}
