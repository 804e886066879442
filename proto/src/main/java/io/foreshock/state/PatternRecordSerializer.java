package io.foreshock.state;

import io.foreshock.model.PatternRecord;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Network form of {@link PatternRecord}. */
public final class PatternRecordSerializer extends VersionedSerializer<PatternRecord> {
  private static final long serialVersionUID = 1L;

  public static final PatternRecordSerializer INSTANCE = new PatternRecordSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(PatternRecord value, DataOutputView out) throws IOException {
    Fields.writeText(value.key(), out);
    Fields.writeBytes(value.value(), out);
    out.writeLong(value.appendTimeMillis());
  }

  @Override
  protected PatternRecord read(int version, DataInputView in) throws IOException {
    return new PatternRecord(Fields.readText(in), Fields.readBytes(in), in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<PatternRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PatternRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<PatternRecord> {
    @Override
    public TypeInformation<PatternRecord> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(PatternRecord.class, INSTANCE);
    }
  }
}
