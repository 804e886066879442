package io.foreshock.operators.alerts;

import io.foreshock.state.Fields;
import io.foreshock.state.NotificationSerializer;
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

/** State and network form of {@link Notice}. */
public final class NoticeSerializer extends VersionedSerializer<Notice> {
  private static final long serialVersionUID = 1L;

  public static final NoticeSerializer INSTANCE = new NoticeSerializer();

  private static final Notice.Change[] CHANGES = Notice.Change.values();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(Notice value, DataOutputView out) throws IOException {
    Fields.writeText(value.tenant(), out);
    Fields.writeText(value.assetId(), out);
    Fields.writeList(value.ancestors(), Fields::writeText, out);
    out.writeByte(value.change().ordinal());
    out.writeBoolean(value.notification() != null);
    if (value.notification() != null) {
      NotificationSerializer.INSTANCE.serialize(value.notification(), out);
    }
  }

  @Override
  protected Notice read(int version, DataInputView in) throws IOException {
    return new Notice(
        Fields.readText(in),
        Fields.readText(in),
        Fields.readList(Fields::readText, in),
        CHANGES[in.readUnsignedByte()],
        in.readBoolean() ? NotificationSerializer.INSTANCE.deserialize(in) : null);
  }

  @Override
  public TypeSerializerSnapshot<Notice> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Notice> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<Notice> {
    @Override
    public TypeInformation<Notice> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(Notice.class, INSTANCE);
    }
  }
}
