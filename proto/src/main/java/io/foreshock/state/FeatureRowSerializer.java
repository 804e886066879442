package io.foreshock.state;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FeatureRow;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Network form of {@link FeatureRow}. */
public final class FeatureRowSerializer extends VersionedSerializer<FeatureRow> {
  private static final long serialVersionUID = 1L;

  public static final FeatureRowSerializer INSTANCE = new FeatureRowSerializer();

  private static final FeatureRow.Kind[] KINDS = FeatureRow.Kind.values();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(FeatureRow value, DataOutputView out) throws IOException {
    Fields.writeAsset(value.asset(), out);
    Fields.writeText(value.featureSet(), out);
    Fields.writeVarInt(value.featureSetVersion(), out);
    out.writeLong(value.eventTimeMillis());
    out.writeLong(value.computedAtMillis());
    Fields.writeVarInt(value.revision(), out);
    out.writeByte(value.kind().ordinal());
    double[] values = value.values();
    Fields.writeVarInt(values.length, out);
    for (double each : values) {
      out.writeDouble(each);
    }
  }

  @Override
  protected FeatureRow read(int version, DataInputView in) throws IOException {
    AssetRef asset = Fields.readAsset(in);
    String featureSet = Fields.readText(in);
    int featureSetVersion = Fields.readVarInt(in);
    long eventTimeMillis = in.readLong();
    long computedAtMillis = in.readLong();
    int revision = Fields.readVarInt(in);
    FeatureRow.Kind kind = KINDS[in.readUnsignedByte()];
    double[] values = new double[Fields.readVarInt(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return new FeatureRow(
        asset,
        featureSet,
        featureSetVersion,
        eventTimeMillis,
        computedAtMillis,
        revision,
        kind,
        values);
  }

  @Override
  public TypeSerializerSnapshot<FeatureRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<FeatureRow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<FeatureRow> {
    @Override
    public TypeInformation<FeatureRow> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(FeatureRow.class, INSTANCE);
    }
  }
}
