package io.foreshock.operators.alerts;

import io.foreshock.state.CommandSerializer;
import io.foreshock.state.DetectionSerializer;
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

/** State and network form of {@link AlertInput}. */
public final class AlertInputSerializer extends VersionedSerializer<AlertInput> {
  private static final long serialVersionUID = 1L;

  public static final AlertInputSerializer INSTANCE = new AlertInputSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(AlertInput value, DataOutputView out) throws IOException {
    out.writeLong(value.arrivedMillis());
    out.writeBoolean(value.detection() != null);
    if (value.detection() != null) {
      DetectionSerializer.INSTANCE.serialize(value.detection(), out);
      writePlacement(value.placement(), out);
    } else {
      CommandSerializer.INSTANCE.serialize(value.command(), out);
    }
  }

  @Override
  protected AlertInput read(int version, DataInputView in) throws IOException {
    long arrived = in.readLong();
    return in.readBoolean()
        ? new AlertInput(
            arrived, DetectionSerializer.INSTANCE.deserialize(in), readPlacement(in), null)
        : new AlertInput(arrived, null, null, CommandSerializer.INSTANCE.deserialize(in));
  }

  static void writePlacement(Placement place, DataOutputView out) throws IOException {
    Fields.writeText(place.assetClass(), out);
    Fields.writeText(place.site(), out);
    Fields.writeText(place.timeZone(), out);
    Fields.writeList(place.ancestors(), Fields::writeText, out);
  }

  static Placement readPlacement(DataInputView in) throws IOException {
    return new Placement(
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in),
        Fields.readList(Fields::readText, in));
  }

  @Override
  public TypeSerializerSnapshot<AlertInput> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AlertInput> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<AlertInput> {
    @Override
    public TypeInformation<AlertInput> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(AlertInput.class, INSTANCE);
    }
  }
}
