package io.foreshock.state;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.StageEvidence;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link Detection}. */
public final class DetectionSerializer extends VersionedSerializer<Detection> {
  private static final long serialVersionUID = 1L;

  public static final DetectionSerializer INSTANCE = new DetectionSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(Detection value, DataOutputView out) throws IOException {
    Fields.writeText(value.id(), out);
    Fields.writeAsset(value.asset(), out);
    Fields.writeText(value.pattern(), out);
    Fields.writeVarInt(value.patternVersion(), out);
    Fields.writeText(value.component(), out);
    Fields.writeText(value.failureMode(), out);
    out.writeByte(value.severity().ordinal());
    out.writeLong(value.eventTimeMillis());
    Fields.writeVarLong(value.horizonMillis(), out);
    out.writeBoolean(value.backlog());
    Fields.writeList(value.evidence(), DetectionSerializer::writeStage, out);
  }

  @Override
  protected Detection read(int version, DataInputView in) throws IOException {
    String id = Fields.readText(in);
    AssetRef asset = Fields.readAsset(in);
    return new Detection(
        id,
        asset,
        Fields.readText(in),
        Fields.readVarInt(in),
        Fields.readText(in),
        Fields.readText(in),
        SEVERITIES[in.readUnsignedByte()],
        in.readLong(),
        Fields.readVarLong(in),
        in.readBoolean(),
        Fields.readList(stage -> readStage(asset, stage), in));
  }

  private static final Detection.Severity[] SEVERITIES = Detection.Severity.values();

  static void writeStage(StageEvidence stage, DataOutputView out) throws IOException {
    Fields.writeText(stage.stage(), out);
    Fields.writeList(stage.signals(), SignalSerializer::writeBody, out);
  }

  static StageEvidence readStage(AssetRef asset, DataInputView in) throws IOException {
    return new StageEvidence(
        Fields.readText(in),
        Fields.readList(signal -> SignalSerializer.readBody(asset, signal), in));
  }

  @Override
  public TypeSerializerSnapshot<Detection> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Detection> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<Detection> {
    @Override
    public TypeInformation<Detection> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(Detection.class, INSTANCE);
    }
  }
}
