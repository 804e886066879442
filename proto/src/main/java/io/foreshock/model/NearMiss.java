package io.foreshock.model;

import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.state.NearMissSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A match that began and did not complete.
 *
 * @param id function of asset, pattern, version, evidence, reason and time; 32 hexadecimal digits
 * @param asset machine concerned
 * @param pattern name of the pattern
 * @param patternVersion version of the pattern, from 1
 * @param reason why it ended
 * @param furthestStage last stage, in the order of the pattern, that had taken a signal; empty when
 *     that is not known ({@link Reason#PATTERN_CHANGED})
 * @param missingStage first stage that had not taken all it needs; empty when only time was
 *     missing, or when it is not known
 * @param endedByStage the stage that should have stayed away; empty for other reasons
 * @param endedBy the signal that ended it; null when no signal did
 * @param endedAtMillis when it ended, on the asset's own clock
 * @param backlog true when a signal of the evidence was backlog
 * @param evidence the signals of each stage up to then, in the order of the pattern; empty when not
 *     known
 */
@TypeInfo(NearMissSerializer.Factory.class)
public record NearMiss(
    String id,
    AssetRef asset,
    String pattern,
    int patternVersion,
    Reason reason,
    String furthestStage,
    String missingStage,
    String endedByStage,
    Signal endedBy,
    long endedAtMillis,
    boolean backlog,
    List<StageEvidence> evidence) {

  /** Why a match ended. Order and names are part of the wire and the network format. */
  public enum Reason {
    /** The next stage did not come in time. */
    TIMED_OUT,
    /** A stage came that must not come in between. */
    FORBIDDEN_STAGE,
    /** Another signal came where the next stage has to follow at once. */
    INTERRUPTED,
    /** The asset said nothing for so long that nobody can tell. */
    ABANDONED,
    /** Another version of the pattern, or none, runs. */
    PATTERN_CHANGED,
    /** There were too many open matches, or they held too many signals. */
    OVERFLOWED
  }
}
