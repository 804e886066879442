package io.foreshock.cli.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.model.Alert;
import java.time.Instant;

/** An alert as JSON. */
final class AlertJson {
  private AlertJson() {}

  static ObjectNode of(Alert alert) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", alert.id())
            .put("tenant", alert.asset().tenant())
            .put("asset", alert.asset().assetId())
            .put("assetClass", alert.asset().assetClass())
            .put("site", alert.site())
            .put("component", alert.component())
            .put("failureMode", alert.failureMode())
            .put("severity", alert.severity().name())
            .put("state", alert.state().name())
            .put("open", !alert.state().isClosed())
            .put("revision", alert.revision())
            .put("occurrence", alert.occurrence())
            .put("firstSeen", time(alert.firstSeenMillis()))
            .put("lastSeen", time(alert.lastSeenMillis()))
            .put("updatedAt", time(alert.updatedAtMillis()))
            .put("expiresAt", time(alert.expiresAtMillis()))
            .put("detections", alert.detectionCount())
            .put("recorded", alert.recordedCount())
            .put("flapping", alert.flapping())
            .put("acknowledgedBy", alert.acknowledgedBy())
            .put("escalationStep", alert.escalationStep())
            .put("policy", alert.policy())
            .put("silencedUntil", time(alert.silencedUntilMillis()))
            .put("comment", alert.comment())
            .put("falseAlarm", alert.falseAlarm());
    ArrayNode history = json.putArray("history");
    for (Alert.Transition transition : alert.history()) {
      history
          .addObject()
          .put("state", transition.state().name())
          .put("at", time(transition.atMillis()))
          .put("severity", transition.severity().name())
          .put("by", transition.by())
          .put("comment", transition.comment())
          .put("cause", transition.cause());
    }
    json.put("droppedHistory", alert.droppedHistory());
    return json;
  }

  /** ISO 8601; null for 0, which stands for none. */
  private static String time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
  }
}
