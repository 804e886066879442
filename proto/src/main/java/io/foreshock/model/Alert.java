package io.foreshock.model;

import io.foreshock.codec.AlertIds;
import io.foreshock.state.AlertSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One alert as it stands: one per asset, component and failure mode.
 *
 * @param asset machine concerned
 * @param site site of the asset; empty when it is not known
 * @param component part that is about to fail
 * @param failureMode how it is about to fail
 * @param severity how soon somebody must act, at present; of a closed alert, when it closed
 * @param state where it stands
 * @param revision counts the records of the alert from 1; anew after it was forgotten
 * @param occurrence how often the trouble came up, from 1; 0 when seen in backlog only
 * @param firstSeenMillis event time of the first detection of this occurrence
 * @param lastSeenMillis event time of its last one
 * @param updatedAtMillis when this revision was made, by the job's clock
 * @param expiresAtMillis when it expires if nothing more is seen; 0 when it is closed
 * @param detectionCount live detections of this occurrence, repeats counted once
 * @param recordedCount detections that raised nothing: backlog, or during maintenance
 * @param detectionIds newest detections of this occurrence by event time, oldest first
 * @param evidence detection that says most; null when all was backlog
 * @param flapping whether it is held open because the trouble comes and goes
 * @param acknowledgedBy who acknowledged this occurrence; empty when nobody did
 * @param escalationStep step of the policy that was reached, from 1; 0 when nobody was paged
 * @param policy escalation policy that applies; empty when none does
 * @param silencedUntilMillis end of the silence or maintenance window in force; 0 for none
 * @param comment last comment; empty for none
 * @param history what happened, oldest first
 * @param droppedHistory older entries that are no longer there
 * @param falseAlarm whether somebody called this occurrence a false alarm
 */
@TypeInfo(AlertSerializer.Factory.class)
public record Alert(
    AssetRef asset,
    String site,
    String component,
    String failureMode,
    Detection.Severity severity,
    State state,
    long revision,
    int occurrence,
    long firstSeenMillis,
    long lastSeenMillis,
    long updatedAtMillis,
    long expiresAtMillis,
    long detectionCount,
    long recordedCount,
    List<String> detectionIds,
    Evidence evidence,
    boolean flapping,
    String acknowledgedBy,
    int escalationStep,
    String policy,
    long silencedUntilMillis,
    String comment,
    List<Transition> history,
    long droppedHistory,
    boolean falseAlarm) {

  /** Most detections that an alert names. */
  public static final int MAX_DETECTION_IDS = 20;

  /** Most entries of its history. */
  public static final int MAX_HISTORY = 50;

  /** Where an alert stands. Order and names are part of the state format. */
  public enum State {
    RAISED,
    ACKNOWLEDGED,
    ESCALATED,
    STEPPED_DOWN,
    SILENCED,
    RESOLVED,
    EXPIRED,
    REOPENED;

    /** Whether the trouble is over. */
    public boolean isClosed() {
      return this == RESOLVED || this == EXPIRED;
    }
  }

  /**
   * The detection that an alert rests on.
   *
   * @param detectionId id of the detection
   * @param pattern pattern that matched
   * @param patternVersion version of the pattern
   * @param eventTimeMillis event time of the detection
   * @param horizonMillis the failure is expected within this time; 0 when not stated
   */
  public record Evidence(
      String detectionId,
      String pattern,
      int patternVersion,
      long eventTimeMillis,
      long horizonMillis) {}

  /**
   * One thing that happened.
   *
   * @param state state after it
   * @param atMillis event time of a detection, time of a command, time that was due
   * @param severity severity after it
   * @param by who did it; empty when it followed from detections or time
   * @param comment comment or reason; empty for none
   * @param cause detection or command; empty for time
   */
  public record Transition(
      State state,
      long atMillis,
      Detection.Severity severity,
      String by,
      String comment,
      String cause) {}

  /** What it is about; key on {@code <tenant>.alerts}. */
  public String id() {
    return AlertIds.of(asset.assetId(), component, failureMode);
  }

  /** The same alert at another revision. */
  public Alert withRevision(long number) {
    return with(number, updatedAtMillis);
  }

  /** The same alert at revision 1, made at time 1: two that differ in content still do. */
  public Alert withoutTime() {
    return with(1, 1);
  }

  private Alert with(long number, long updatedAt) {
    return new Alert(
        asset,
        site,
        component,
        failureMode,
        severity,
        state,
        number,
        occurrence,
        firstSeenMillis,
        lastSeenMillis,
        updatedAt,
        expiresAtMillis,
        detectionCount,
        recordedCount,
        detectionIds,
        evidence,
        flapping,
        acknowledgedBy,
        escalationStep,
        policy,
        silencedUntilMillis,
        comment,
        history,
        droppedHistory,
        falseAlarm);
  }
}
