package io.foreshock.operators.sessions;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.state.TelemetryBatchSerializer;
import io.foreshock.state.VersionedSerializer;
import io.foreshock.state.VersionedTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A batch, and the way it came.
 *
 * @param backfill whether the batch came beside the telemetry that is in order
 */
@TypeInfo(SessionInput.Factory.class)
public record SessionInput(boolean backfill, TelemetryBatch batch) {

  /** Key of the state: the asset. */
  public String key() {
    return batch.asset().key();
  }

  /** Network form. */
  public static final class Serializer extends VersionedSerializer<SessionInput> {
    private static final long serialVersionUID = 1L;
    private static final Serializer INSTANCE = new Serializer();

    @Override
    protected int version() {
      return 1;
    }

    @Override
    protected void write(SessionInput value, DataOutputView out) throws IOException {
      out.writeBoolean(value.backfill);
      TelemetryBatchSerializer.INSTANCE.serialize(value.batch, out);
    }

    @Override
    protected SessionInput read(int version, DataInputView in) throws IOException {
      return new SessionInput(in.readBoolean(), TelemetryBatchSerializer.INSTANCE.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<SessionInput> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SessionInput> {
    public Snapshot() {
      super(() -> Serializer.INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<SessionInput> {
    @Override
    public TypeInformation<SessionInput> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(SessionInput.class, Serializer.INSTANCE);
    }
  }
}
