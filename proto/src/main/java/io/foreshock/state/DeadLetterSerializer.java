package io.foreshock.state;

import io.foreshock.model.DeadLetter;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link DeadLetter}. */
public final class DeadLetterSerializer extends VersionedSerializer<DeadLetter> {
  private static final long serialVersionUID = 1L;

  public static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(DeadLetter value, DataOutputView out) throws IOException {
    RawRecordSerializer.INSTANCE.serialize(value.source(), out);
    out.writeInt(value.index());
    out.writeByte(value.reason().ordinal());
    Fields.writeText(value.detail(), out);
    Fields.writeText(value.deviceId(), out);
    Fields.writeText(value.channel(), out);
  }

  @Override
  protected DeadLetter read(int version, DataInputView in) throws IOException {
    return new DeadLetter(
        RawRecordSerializer.INSTANCE.deserialize(in),
        in.readInt(),
        REASONS[in.readUnsignedByte()],
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in));
  }

  private static final DeadLetter.Reason[] REASONS = DeadLetter.Reason.values();

  @Override
  public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<DeadLetter> {
    @Override
    public TypeInformation<DeadLetter> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(DeadLetter.class, INSTANCE);
    }
  }
}
