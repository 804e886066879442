package io.foreshock.state;

import io.foreshock.codec.AlertCodec;
import io.foreshock.model.Alert;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link Alert}: the bytes of its codec. */
public final class AlertSerializer extends VersionedSerializer<Alert> {
  private static final long serialVersionUID = 1L;

  public static final AlertSerializer INSTANCE = new AlertSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(Alert value, DataOutputView out) throws IOException {
    Fields.writeBytes(AlertCodec.encode(value), out);
  }

  @Override
  protected Alert read(int version, DataInputView in) throws IOException {
    return AlertCodec.decode(Fields.readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<Alert> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Alert> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<Alert> {
    @Override
    public TypeInformation<Alert> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(Alert.class, INSTANCE);
    }
  }
}
