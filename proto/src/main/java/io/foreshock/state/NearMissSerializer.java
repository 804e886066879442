package io.foreshock.state;

import io.foreshock.model.AssetRef;
import io.foreshock.model.NearMiss;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Network form of {@link NearMiss}. */
public final class NearMissSerializer extends VersionedSerializer<NearMiss> {
  private static final long serialVersionUID = 1L;

  public static final NearMissSerializer INSTANCE = new NearMissSerializer();

  private static final NearMiss.Reason[] REASONS = NearMiss.Reason.values();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(NearMiss value, DataOutputView out) throws IOException {
    Fields.writeText(value.id(), out);
    Fields.writeAsset(value.asset(), out);
    Fields.writeText(value.pattern(), out);
    Fields.writeVarInt(value.patternVersion(), out);
    out.writeByte(value.reason().ordinal());
    Fields.writeText(value.furthestStage(), out);
    Fields.writeText(value.missingStage(), out);
    Fields.writeText(value.endedByStage(), out);
    out.writeBoolean(value.endedBy() != null);
    if (value.endedBy() != null) {
      SignalSerializer.writeBody(value.endedBy(), out);
    }
    out.writeLong(value.endedAtMillis());
    out.writeBoolean(value.backlog());
    Fields.writeList(value.evidence(), DetectionSerializer::writeStage, out);
  }

  @Override
  protected NearMiss read(int version, DataInputView in) throws IOException {
    String id = Fields.readText(in);
    AssetRef asset = Fields.readAsset(in);
    return new NearMiss(
        id,
        asset,
        Fields.readText(in),
        Fields.readVarInt(in),
        REASONS[in.readUnsignedByte()],
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in),
        in.readBoolean() ? SignalSerializer.readBody(asset, in) : null,
        in.readLong(),
        in.readBoolean(),
        Fields.readList(stage -> DetectionSerializer.readStage(asset, stage), in));
  }

  @Override
  public TypeSerializerSnapshot<NearMiss> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<NearMiss> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<NearMiss> {
    @Override
    public TypeInformation<NearMiss> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(NearMiss.class, INSTANCE);
    }
  }
}
