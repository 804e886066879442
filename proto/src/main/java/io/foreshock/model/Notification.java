package io.foreshock.model;

import io.foreshock.state.NotificationSerializer;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What people are told.
 *
 * @param id function of what caused it; 32 hexadecimal digits; a repeat must reach nobody twice
 * @param dedupKey incident at the receiver: page, updates and resolution of an alert share it
 * @param kind what is said
 * @param asset machine concerned; null for a summary
 * @param tenant tenant concerned
 * @param site site concerned; empty when it is not known
 * @param alertId alert concerned; empty for a summary
 * @param alertRevision revision of the alert; 0 for a summary
 * @param component part that is about to fail; empty for a summary
 * @param failureMode how it is about to fail; empty for a summary
 * @param severity how soon somebody must act; of a summary, the highest
 * @param recipients who is told
 * @param step step of the escalation policy, from 1; 0 when it is not by a step
 * @param repeat how often the step was said before
 * @param title one line
 * @param text a few lines
 * @param createdAtMillis when it was made, by the job's clock
 * @param eventTimeMillis event time of the alert's last detection; 0 for a summary
 * @param alertCount alerts that a summary stands for; else 1
 * @param alertIds first of these by severity; else empty
 */
@TypeInfo(NotificationSerializer.Factory.class)
public record Notification(
    String id,
    String dedupKey,
    Kind kind,
    String tenant,
    AssetRef asset,
    String site,
    String alertId,
    long alertRevision,
    String component,
    String failureMode,
    Detection.Severity severity,
    List<Recipient> recipients,
    int step,
    int repeat,
    String title,
    String text,
    long createdAtMillis,
    long eventTimeMillis,
    long alertCount,
    List<String> alertIds) {

  /** Most alerts that a summary names. */
  public static final int MAX_ALERT_IDS = 20;

  /** What is said. Order and names are part of the state format. */
  public enum Kind {
    PAGE,
    SUMMARY,
    UPDATE,
    RESOLVED,
    ACKNOWLEDGED
  }

  /**
   * One way to one person or group.
   *
   * @param channel name of a channel of the notifier
   * @param address address within it; empty for the channel's own
   */
  public record Recipient(String channel, String address) implements Serializable {}

  /** The same for these recipients. */
  public Notification to(List<Recipient> others) {
    return new Notification(
        id,
        dedupKey,
        kind,
        tenant,
        asset,
        site,
        alertId,
        alertRevision,
        component,
        failureMode,
        severity,
        others,
        step,
        repeat,
        title,
        text,
        createdAtMillis,
        eventTimeMillis,
        alertCount,
        alertIds);
  }
}
