package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.NearMiss;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link NearMiss} to the bytes on {@code <tenant>.near-misses} and back.
 *
 * <p>Of a signal, component, backlog mark and attribute are not on the wire, but for a {@link
 * io.foreshock.model.RemainingLife}; they come back empty and as the near miss's own mark.
 */
public final class NearMissCodec {
  private static final NearMiss.Reason[] REASONS = NearMiss.Reason.values();

  private NearMissCodec() {}

  public static byte[] encode(NearMiss miss) {
    var message =
        io.foreshock.proto.nearmiss.v1.NearMiss.newBuilder()
            .setId(miss.id())
            .setTenant(miss.asset().tenant())
            .setAssetId(miss.asset().assetId())
            .setAssetClass(miss.asset().assetClass())
            .setPattern(miss.pattern())
            .setPatternVersion(miss.patternVersion())
            .setReasonValue(miss.reason().ordinal() + 1)
            .setFurthestStage(miss.furthestStage())
            .setMissingStage(miss.missingStage())
            .setEndedByStage(miss.endedByStage())
            .setEndedAtEpochMillis(miss.endedAtMillis())
            .setBacklog(miss.backlog());
    if (miss.endedBy() != null) {
      message.setEndedBy(EvidenceCodec.encode(miss.endedBy()));
    }
    for (StageEvidence stage : miss.evidence()) {
      message.addEvidence(EvidenceCodec.encode(stage));
    }
    return message.build().toByteArray();
  }

  /**
   * @throws InvalidProtocolBufferException when the bytes are no NearMiss, lack its tenant or
   *     asset, or hold a reason or signal kind that this version does not know
   */
  public static NearMiss decode(byte[] bytes) throws InvalidProtocolBufferException {
    var message = io.foreshock.proto.nearmiss.v1.NearMiss.parseFrom(bytes);
    if (message.getTenant().isEmpty() || message.getAssetId().isEmpty()) {
      throw new InvalidProtocolBufferException("A near miss needs a tenant and an asset");
    }
    AssetRef asset =
        new AssetRef(message.getTenant(), message.getAssetId(), message.getAssetClass());
    List<StageEvidence> evidence = new ArrayList<>(message.getEvidenceCount());
    for (var stage : message.getEvidenceList()) {
      evidence.add(EvidenceCodec.decode(asset, stage, message.getBacklog()));
    }
    return new NearMiss(
        message.getId(),
        asset,
        message.getPattern(),
        message.getPatternVersion(),
        WireEnums.fromNumber(REASONS, message.getReasonValue(), "reason"),
        message.getFurthestStage(),
        message.getMissingStage(),
        message.getEndedByStage(),
        message.hasEndedBy()
            ? EvidenceCodec.decode(asset, message.getEndedBy(), message.getBacklog())
            : null,
        message.getEndedAtEpochMillis(),
        message.getBacklog(),
        List.copyOf(evidence));
  }
}
