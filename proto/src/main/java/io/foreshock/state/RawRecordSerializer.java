package io.foreshock.state;

import io.foreshock.model.RawRecord;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link RawRecord}. */
public final class RawRecordSerializer extends VersionedSerializer<RawRecord> {
  private static final long serialVersionUID = 1L;

  public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(RawRecord value, DataOutputView out) throws IOException {
    Fields.writeText(value.tenant(), out);
    Fields.writeText(value.topic(), out);
    Fields.writeVarInt(value.partition(), out);
    Fields.writeVarLong(value.offset(), out);
    out.writeLong(value.appendTimeMillis());
    Fields.writeBytes(value.key(), out);
    Fields.writeBytes(value.value(), out);
  }

  @Override
  protected RawRecord read(int version, DataInputView in) throws IOException {
    return new RawRecord(
        Fields.readText(in),
        Fields.readText(in),
        Fields.readVarInt(in),
        Fields.readVarLong(in),
        in.readLong(),
        Fields.readBytes(in),
        Fields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<RawRecord> {
    @Override
    public TypeInformation<RawRecord> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(RawRecord.class, INSTANCE);
    }
  }
}
