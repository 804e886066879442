package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.Alert;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.proto.alert.v1.EvidenceReference;
import java.util.ArrayList;
import java.util.List;

/** {@link Alert} to the bytes on {@code <tenant>.alerts} and back. */
public final class AlertCodec {
  private static final Detection.Severity[] SEVERITIES = Detection.Severity.values();
  private static final Alert.State[] STATES = Alert.State.values();

  private AlertCodec() {}

  public static byte[] encode(Alert alert) {
    var message =
        io.foreshock.proto.alert.v1.Alert.newBuilder()
            .setId(alert.id())
            .setTenant(alert.asset().tenant())
            .setAssetId(alert.asset().assetId())
            .setAssetClass(alert.asset().assetClass())
            .setSite(alert.site())
            .setComponent(alert.component())
            .setFailureMode(alert.failureMode())
            .setSeverityValue(alert.severity().ordinal() + 1)
            .setStateValue(alert.state().ordinal() + 1)
            .setRevision(alert.revision())
            .setOccurrence(alert.occurrence())
            .setFirstSeenEpochMillis(alert.firstSeenMillis())
            .setLastSeenEpochMillis(alert.lastSeenMillis())
            .setUpdatedAtEpochMillis(alert.updatedAtMillis())
            .setExpiresAtEpochMillis(alert.expiresAtMillis())
            .setDetectionCount(alert.detectionCount())
            .setRecordedCount(alert.recordedCount())
            .addAllDetectionIds(alert.detectionIds())
            .setFlapping(alert.flapping())
            .setAcknowledgedBy(alert.acknowledgedBy())
            .setEscalationStep(alert.escalationStep())
            .setPolicy(alert.policy())
            .setSilencedUntilEpochMillis(alert.silencedUntilMillis())
            .setComment(alert.comment())
            .setDroppedHistory(alert.droppedHistory())
            .setFalseAlarm(alert.falseAlarm());
    if (alert.evidence() != null) {
      message.setEvidence(
          EvidenceReference.newBuilder()
              .setDetectionId(alert.evidence().detectionId())
              .setPattern(alert.evidence().pattern())
              .setPatternVersion(alert.evidence().patternVersion())
              .setEventTimeEpochMillis(alert.evidence().eventTimeMillis())
              .setHorizonMillis(alert.evidence().horizonMillis()));
    }
    for (Alert.Transition transition : alert.history()) {
      message.addHistory(
          io.foreshock.proto.alert.v1.Transition.newBuilder()
              .setStateValue(transition.state().ordinal() + 1)
              .setAtEpochMillis(transition.atMillis())
              .setSeverityValue(transition.severity().ordinal() + 1)
              .setBy(transition.by())
              .setComment(transition.comment())
              .setCause(transition.cause()));
    }
    return message.build().toByteArray();
  }

  /**
   * @throws InvalidProtocolBufferException when the bytes are no Alert, lack its tenant or asset,
   *     or hold a severity or state that this version does not know
   */
  public static Alert decode(byte[] bytes) throws InvalidProtocolBufferException {
    var message = io.foreshock.proto.alert.v1.Alert.parseFrom(bytes);
    if (message.getTenant().isEmpty() || message.getAssetId().isEmpty()) {
      throw new InvalidProtocolBufferException("An alert needs a tenant and an asset");
    }
    List<Alert.Transition> history = new ArrayList<>(message.getHistoryCount());
    for (var transition : message.getHistoryList()) {
      history.add(
          new Alert.Transition(
              WireEnums.fromNumber(STATES, transition.getStateValue(), "state"),
              transition.getAtEpochMillis(),
              WireEnums.fromNumber(SEVERITIES, transition.getSeverityValue(), "severity"),
              transition.getBy(),
              transition.getComment(),
              transition.getCause()));
    }
    return new Alert(
        new AssetRef(message.getTenant(), message.getAssetId(), message.getAssetClass()),
        message.getSite(),
        message.getComponent(),
        message.getFailureMode(),
        WireEnums.fromNumber(SEVERITIES, message.getSeverityValue(), "severity"),
        WireEnums.fromNumber(STATES, message.getStateValue(), "state"),
        message.getRevision(),
        message.getOccurrence(),
        message.getFirstSeenEpochMillis(),
        message.getLastSeenEpochMillis(),
        message.getUpdatedAtEpochMillis(),
        message.getExpiresAtEpochMillis(),
        message.getDetectionCount(),
        message.getRecordedCount(),
        List.copyOf(message.getDetectionIdsList()),
        message.hasEvidence() ? evidence(message.getEvidence()) : null,
        message.getFlapping(),
        message.getAcknowledgedBy(),
        message.getEscalationStep(),
        message.getPolicy(),
        message.getSilencedUntilEpochMillis(),
        message.getComment(),
        List.copyOf(history),
        message.getDroppedHistory(),
        message.getFalseAlarm());
  }

  private static Alert.Evidence evidence(EvidenceReference wire) {
    return new Alert.Evidence(
        wire.getDetectionId(),
        wire.getPattern(),
        wire.getPatternVersion(),
        wire.getEventTimeEpochMillis(),
        wire.getHorizonMillis());
  }
}
