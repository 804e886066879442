package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Detection} to the bytes on {@code <tenant>.detections} and back.
 *
 * <p>Of a signal, component, backlog mark and attribute are not on the wire, but for a {@link
 * io.foreshock.model.RemainingLife}; they come back empty and as the detection's own mark.
 */
public final class DetectionCodec {
  private static final Detection.Severity[] SEVERITIES = Detection.Severity.values();

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
      message.addEvidence(EvidenceCodec.encode(stage));
    }
    return message.build().toByteArray();
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
      evidence.add(EvidenceCodec.decode(asset, stage, message.getBacklog()));
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
}
