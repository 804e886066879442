package io.foreshock.operators.alerts;

import io.foreshock.model.Notification;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What one asset has to say to the desk that tells people: a message, or that it is down or back.
 *
 * @param tenant tenant of the asset
 * @param assetId the asset
 * @param ancestors assets that it is a part of
 * @param change what changed beside the message
 * @param notification the message; null for none
 */
@TypeInfo(NoticeSerializer.Factory.class)
public record Notice(
    String tenant,
    String assetId,
    List<String> ancestors,
    Change change,
    Notification notification) {

  /** What changed. Order and names are part of the state format. */
  public enum Change {
    NONE,
    /** The asset went down. */
    DOWN,
    /** The asset came back. */
    UP,
    /** Somebody takes care of the alert. */
    ACKNOWLEDGED
  }
}
