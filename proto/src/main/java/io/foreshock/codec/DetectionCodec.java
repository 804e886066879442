package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.proto.detection.v1.EvidenceSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Detection} to the bytes on {@code <tenant>.detections} and back.
 *
 * <p>A signal's component, attribute and backlog mark are not on the wire; they come back empty and
 * as the detection's own mark.
 */
public final class DetectionCodec {
  private static final Detection.Severity[] SEVERITIES = Detection.Severity.values();
  private static final SignalKind[] KINDS = SignalKind.values();

  private DetectionCodec() {}

  public static byte[] encode(Detection detection) {
    var message =
        io.foreshock.proto.detection.v1.Detection.newBuilder()
            .setId(detection.id())
            .setTenant(detection.asset().tenant())
            .setAssetId(detection.asset().assetId())
            .setAssetClass(detection.asset().assetClass())
            .setPattern(detection.pattern())
            .setPatternVersion(detection.patternVersion())
            .setComponent(detection.component())
            .setFailureMode(detection.failureMode())
            .setSeverityValue(detection.severity().ordinal() + 1)
            .setEventTimeEpochMillis(detection.eventTimeMillis())
            .setHorizonMillis(detection.horizonMillis())
            .setBacklog(detection.backlog());
    for (StageEvidence stage : detection.evidence()) {
      var wire = io.foreshock.proto.detection.v1.StageEvidence.newBuilder().setStage(stage.stage());
      for (Signal signal : stage.signals()) {
        wire.addSignals(encode(signal));
      }
      message.addEvidence(wire);
    }
    return message.build().toByteArray();
  }

  private static EvidenceSignal encode(Signal signal) {
    EvidenceSignal.Builder wire =
        EvidenceSignal.newBuilder()
            .setKindValue(signal.kind().ordinal() + 1)
            .setName(signal.name())
            .setChannel(signal.channel())
            .setEventTimeEpochMillis(signal.eventTimeMillis());
    if (!Double.isNaN(signal.value())) {
      wire.setValue(signal.value());
    }
    if (!Double.isNaN(signal.limit())) {
      wire.setLimit(signal.limit());
    }
    if (!Double.isNaN(signal.score())) {
      wire.setScore(signal.score());
    }
    return wire.build();
  }

  /**
   * @throws InvalidProtocolBufferException when the bytes are no Detection, lack its tenant or
   *     asset, or hold a severity or signal kind that this version does not know
   */
  public static Detection decode(byte[] bytes) throws InvalidProtocolBufferException {
    var message = io.foreshock.proto.detection.v1.Detection.parseFrom(bytes);
    if (message.getTenant().isEmpty() || message.getAssetId().isEmpty()) {
      throw new InvalidProtocolBufferException("A detection needs a tenant and an asset");
    }
    AssetRef asset =
        new AssetRef(message.getTenant(), message.getAssetId(), message.getAssetClass());
    List<StageEvidence> evidence = new ArrayList<>(message.getEvidenceCount());
    for (var stage : message.getEvidenceList()) {
      List<Signal> signals = new ArrayList<>(stage.getSignalsCount());
      for (EvidenceSignal signal : stage.getSignalsList()) {
        signals.add(decode(asset, signal, message.getBacklog()));
      }
      evidence.add(new StageEvidence(stage.getStage(), List.copyOf(signals)));
    }
    return new Detection(
        message.getId(),
        asset,
        message.getPattern(),
        message.getPatternVersion(),
        message.getComponent(),
        message.getFailureMode(),
        WireEnums.fromNumber(SEVERITIES, message.getSeverityValue(), "severity"),
        message.getEventTimeEpochMillis(),
        message.getHorizonMillis(),
        message.getBacklog(),
        List.copyOf(evidence));
  }

  private static Signal decode(AssetRef asset, EvidenceSignal wire, boolean backlog)
      throws InvalidProtocolBufferException {
    return new Signal(
        asset,
        WireEnums.fromNumber(KINDS, wire.getKindValue(), "kind"),
        wire.getName(),
        wire.getChannel(),
        "",
        "",
        wire.getEventTimeEpochMillis(),
        wire.hasValue() ? wire.getValue() : Double.NaN,
        wire.hasLimit() ? wire.getLimit() : Double.NaN,
        wire.hasScore() ? wire.getScore() : Double.NaN,
        backlog);
  }
}
