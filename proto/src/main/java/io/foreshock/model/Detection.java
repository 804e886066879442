package io.foreshock.model;

import io.foreshock.state.DetectionSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The precursor of a failure was seen on one asset.
 *
 * @param id function of what caused it: asset, pattern, version and evidence; 32 hexadecimal digits
 * @param asset machine concerned
 * @param pattern name of the pattern that matched
 * @param patternVersion version of the pattern, from 1
 * @param component part that is about to fail
 * @param failureMode how it is about to fail
 * @param severity how soon somebody must act
 * @param eventTimeMillis event time of the signal that completed the match, or at which time
 *     completed it
 * @param horizonMillis the failure is expected within this time; 0 when not stated
 * @param backlog true when a signal of the match was backlog; such a detection must not page
 *     anybody
 * @param evidence the signals of each stage, in the order of the pattern
 */
@TypeInfo(DetectionSerializer.Factory.class)
public record Detection(
    String id,
    AssetRef asset,
    String pattern,
    int patternVersion,
    String component,
    String failureMode,
    Severity severity,
    long eventTimeMillis,
    long horizonMillis,
    boolean backlog,
    List<StageEvidence> evidence) {

  /** How soon somebody must act. Order and names are part of the state format. */
  public enum Severity {
    WATCH,
    WARNING,
    CRITICAL
  }

  /**
   * What one stage of the pattern took.
   *
   * @param stage name of the stage
   * @param signals signals taken, oldest first; symptoms carry their name in the pattern, not the
   *     detector's id
   */
  public record StageEvidence(String stage, List<Signal> signals) {}
}
