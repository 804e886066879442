package io.foreshock.operators.features.fleet;

import io.foreshock.model.FeatureRow;
import io.foreshock.state.FeatureRowSerializer;
import io.foreshock.state.Fields;
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
 * A row that is compared with others.
 *
 * @param peers what the machines that are compared have in common: model or class
 * @param row named after the set that compares, with the values that are compared
 */
@TypeInfo(FleetInput.Factory.class)
public record FleetInput(String peers, FeatureRow row) {

  /**
   * Key of the state: set, tenant, time and peers. Names of sets and tenants hold no slash, so no
   * two tenants ever share a key, whatever their machines are called.
   */
  public String key() {
    return row.featureSet()
        + '/'
        + row.asset().tenant()
        + '/'
        + row.eventTimeMillis()
        + '/'
        + peers;
  }

  /** Network form. */
  public static final class Serializer extends VersionedSerializer<FleetInput> {
    private static final long serialVersionUID = 1L;
    private static final Serializer INSTANCE = new Serializer();

    @Override
    protected int version() {
      return 1;
    }

    @Override
    protected void write(FleetInput value, DataOutputView out) throws IOException {
      Fields.writeText(value.peers, out);
      FeatureRowSerializer.INSTANCE.serialize(value.row, out);
    }

    @Override
    protected FleetInput read(int version, DataInputView in) throws IOException {
      return new FleetInput(Fields.readText(in), FeatureRowSerializer.INSTANCE.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<FleetInput> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<FleetInput> {
    public Snapshot() {
      super(() -> Serializer.INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<FleetInput> {
    @Override
    public TypeInformation<FleetInput> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(FleetInput.class, Serializer.INSTANCE);
    }
  }
}
