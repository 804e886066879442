package io.foreshock.operators.features;

import io.foreshock.model.TelemetryBatch;
import io.foreshock.state.Fields;
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
 * A batch for one of the feature sets that apply to its asset.
 *
 * @param set name of the feature set
 * @param backfill whether the batch came beside the telemetry that is in order
 */
@TypeInfo(FeatureInput.Factory.class)
public record FeatureInput(String set, boolean backfill, TelemetryBatch batch) {

  /** Key of the state: set and asset. */
  public String key() {
    return set + '/' + batch.asset().key();
  }

  /** Network form. */
  public static final class Serializer extends VersionedSerializer<FeatureInput> {
    private static final long serialVersionUID = 1L;
    private static final Serializer INSTANCE = new Serializer();

    @Override
    protected int version() {
      return 1;
    }

    @Override
    protected void write(FeatureInput value, DataOutputView out) throws IOException {
      Fields.writeText(value.set, out);
      out.writeBoolean(value.backfill);
      TelemetryBatchSerializer.INSTANCE.serialize(value.batch, out);
    }

    @Override
    protected FeatureInput read(int version, DataInputView in) throws IOException {
      return new FeatureInput(
          Fields.readText(in), in.readBoolean(), TelemetryBatchSerializer.INSTANCE.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<FeatureInput> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<FeatureInput> {
    public Snapshot() {
      super(() -> Serializer.INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<FeatureInput> {
    @Override
    public TypeInformation<FeatureInput> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(FeatureInput.class, Serializer.INSTANCE);
    }
  }
}
