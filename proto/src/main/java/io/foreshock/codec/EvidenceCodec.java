package io.foreshock.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.RemainingLife;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.proto.detection.v1.EvidenceSignal;
import java.util.ArrayList;
import java.util.List;

/** The signals of stages, as detections and near misses carry them. */
final class EvidenceCodec {
  private static final SignalKind[] KINDS = SignalKind.values();

  private EvidenceCodec() {}

  static io.foreshock.proto.detection.v1.StageEvidence encode(StageEvidence stage) {
    var wire = io.foreshock.proto.detection.v1.StageEvidence.newBuilder().setStage(stage.stage());
    for (Signal signal : stage.signals()) {
      wire.addSignals(encode(signal));
    }
    return wire.build();
  }

  static EvidenceSignal encode(Signal signal) {
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
    RemainingLife remaining = RemainingLife.of(signal);
    if (remaining != null) {
      wire.setRemainingLife(
          io.foreshock.proto.detection.v1.RemainingLife.newBuilder()
              .setHours(remaining.hours())
              .setLowHours(remaining.lowHours())
              .setHighHours(remaining.highHours()));
    }
    return wire.build();
  }

  private static RemainingLife decode(io.foreshock.proto.detection.v1.RemainingLife wire) {
    return new RemainingLife(wire.getHours(), wire.getLowHours(), wire.getHighHours());
  }

  static StageEvidence decode(
      AssetRef asset, io.foreshock.proto.detection.v1.StageEvidence stage, boolean backlog)
      throws InvalidProtocolBufferException {
    List<Signal> signals = new ArrayList<>(stage.getSignalsCount());
    for (EvidenceSignal signal : stage.getSignalsList()) {
      signals.add(decode(asset, signal, backlog));
    }
    return new StageEvidence(stage.getStage(), List.copyOf(signals));
  }

  static Signal decode(AssetRef asset, EvidenceSignal wire, boolean backlog)
      throws InvalidProtocolBufferException {
    return new Signal(
        asset,
        WireEnums.fromNumber(KINDS, wire.getKindValue(), "kind"),
        wire.getName(),
        wire.getChannel(),
        "",
        wire.hasRemainingLife() ? decode(wire.getRemainingLife()).text() : "",
        wire.getEventTimeEpochMillis(),
        wire.hasValue() ? wire.getValue() : Double.NaN,
        wire.hasLimit() ? wire.getLimit() : Double.NaN,
        wire.hasScore() ? wire.getScore() : Double.NaN,
        backlog);
  }
}
