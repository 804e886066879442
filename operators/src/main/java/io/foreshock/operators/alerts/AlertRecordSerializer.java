package io.foreshock.operators.alerts;

import io.foreshock.state.Fields;
import io.foreshock.state.VersionedSerializer;
import io.foreshock.state.VersionedTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link AlertRecord}. */
public final class AlertRecordSerializer extends VersionedSerializer<AlertRecord> {
  private static final long serialVersionUID = 1L;

  public static final AlertRecordSerializer INSTANCE = new AlertRecordSerializer();

  private static final AlertRecord.Kind[] KINDS = AlertRecord.Kind.values();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(AlertRecord value, DataOutputView out) throws IOException {
    out.writeByte(value.kind().ordinal());
    Fields.writeText(value.tenant(), out);
    Fields.writeText(value.key(), out);
    Fields.writeBytes(value.value(), out);
  }

  @Override
  protected AlertRecord read(int version, DataInputView in) throws IOException {
    return new AlertRecord(
        KINDS[in.readUnsignedByte()],
        Fields.readText(in),
        Fields.readText(in),
        Fields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<AlertRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AlertRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<AlertRecord> {
    @Override
    public TypeInformation<AlertRecord> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(AlertRecord.class, INSTANCE);
    }
  }
}
