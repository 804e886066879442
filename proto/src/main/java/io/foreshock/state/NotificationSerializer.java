package io.foreshock.state;

import io.foreshock.codec.NotificationCodec;
import io.foreshock.model.Notification;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link Notification}: the bytes of its codec. */
public final class NotificationSerializer extends VersionedSerializer<Notification> {
  private static final long serialVersionUID = 1L;

  public static final NotificationSerializer INSTANCE = new NotificationSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(Notification value, DataOutputView out) throws IOException {
    Fields.writeBytes(NotificationCodec.encode(value), out);
  }

  @Override
  protected Notification read(int version, DataInputView in) throws IOException {
    return NotificationCodec.decode(Fields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<Notification> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Notification> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<Notification> {
    @Override
    public TypeInformation<Notification> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(Notification.class, INSTANCE);
    }
  }
}
