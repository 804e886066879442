package io.foreshock.operators.alerts;

import io.foreshock.state.Fields;
import io.foreshock.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State form of {@link Quiet}. */
final class QuietSerializer extends VersionedSerializer<Quiet> {
  private static final long serialVersionUID = 1L;

  static final QuietSerializer INSTANCE = new QuietSerializer();

  private static final Quiet.Kind[] KINDS = Quiet.Kind.values();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(Quiet value, DataOutputView out) throws IOException {
    Fields.writeText(value.id(), out);
    out.writeByte(value.kind().ordinal());
    Fields.writeText(value.site(), out);
    Fields.writeText(value.assetClass(), out);
    Fields.writeText(value.component(), out);
    out.writeLong(value.fromMillis());
    out.writeLong(value.untilMillis());
    Fields.writeText(value.by(), out);
  }

  @Override
  protected Quiet read(int version, DataInputView in) throws IOException {
    return new Quiet(
        Fields.readText(in),
        KINDS[in.readUnsignedByte()],
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in),
        in.readLong(),
        in.readLong(),
        Fields.readText(in));
  }

  @Override
  public TypeSerializerSnapshot<Quiet> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Quiet> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
