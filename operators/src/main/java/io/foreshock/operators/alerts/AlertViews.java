package io.foreshock.operators.alerts;

import io.foreshock.codec.AlertCodec;
import io.foreshock.model.Alert;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection.Severity;
import java.util.List;

/** The life of an alert as others see it. */
final class AlertViews {

  private AlertViews() {}

  /** The alert at a time, with revision 1. */
  static Alert of(AssetRef asset, Slot slot, AlertCore view, Scope scope, long now) {
    boolean open = view.isOpen();
    boolean raised = view.state != null;
    AlertEvent best = view.facts.best;
    Severity severity = raised ? view.severity : view.recorded.severity();
    long quietUntil = scope.quietUntil(now, true);
    return new Alert(
        asset,
        scope.place().site(),
        slot.component,
        slot.failureMode,
        severity,
        !raised ? Alert.State.EXPIRED : open && quietUntil > 0 ? Alert.State.SILENCED : view.state,
        1,
        view.occurrence,
        raised ? view.facts.firstSeenMillis : view.recorded.firstMillis(),
        raised ? view.facts.lastSeenMillis : view.recorded.lastMillis(),
        now,
        open ? view.expiresAt(scope) : 0,
        view.facts.count,
        view.recorded.count(),
        view.facts.newest.stream().map(DetectionFacts.Seen::id).toList(),
        best == null
            ? null
            : new Alert.Evidence(
                best.id(),
                best.pattern(),
                best.patternVersion(),
                best.eventTimeMillis(),
                best.horizonMillis()),
        view.flapping,
        view.acknowledgedBy,
        view.paging.step,
        scope.policy().name(),
        open ? quietUntil : 0,
        view.comment,
        List.copyOf(view.history),
        view.droppedHistory,
        view.falseAlarm);
  }

  /**
   * Hash (FNV-1a, 64 bit) of everything but revision and time of the revision; kept in state, so
   * the same in every process.
   */
  static long contentHash(Alert alert) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : AlertCodec.encode(alert.withoutTime())) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
    }
    return hash;
  }
}
