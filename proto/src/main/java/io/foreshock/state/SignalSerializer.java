package io.foreshock.state;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link Signal}. */
public final class SignalSerializer extends VersionedSerializer<Signal> {
  private static final long serialVersionUID = 1L;

  public static final SignalSerializer INSTANCE = new SignalSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(Signal value, DataOutputView out) throws IOException {
    Fields.writeAsset(value.asset(), out);
    writeBody(value, out);
  }

  @Override
  protected Signal read(int version, DataInputView in) throws IOException {
    return readBody(Fields.readAsset(in), in);
  }

  private static final SignalKind[] KINDS = SignalKind.values();

  // The kind takes the lower four bits of the first byte. A number that is NaN is not written.
  private static final int KIND = 0x0F;
  private static final int HAS_VALUE = 0x10;
  private static final int HAS_LIMIT = 0x20;
  private static final int HAS_SCORE = 0x40;
  private static final int BACKLOG = 0x80;

  /**
   * Writes all but the asset, for state that is kept per asset anyway. The form is that of {@link
   * #version()}.
   */
  public static void writeBody(Signal value, DataOutputView out) throws IOException {
    int flags = value.kind().ordinal();
    flags |= Double.isNaN(value.value()) ? 0 : HAS_VALUE;
    flags |= Double.isNaN(value.limit()) ? 0 : HAS_LIMIT;
    flags |= Double.isNaN(value.score()) ? 0 : HAS_SCORE;
    flags |= value.backlog() ? BACKLOG : 0;
    out.writeByte(flags);
    Fields.writeText(value.name(), out);
    Fields.writeText(value.channel(), out);
    Fields.writeText(value.component(), out);
    Fields.writeText(value.attribute(), out);
    out.writeLong(value.eventTimeMillis());
    writeNumber(value.value(), out);
    writeNumber(value.limit(), out);
    writeNumber(value.score(), out);
  }

  /** Reads what {@link #writeBody} wrote. */
  public static Signal readBody(AssetRef asset, DataInputView in) throws IOException {
    int flags = in.readUnsignedByte();
    return new Signal(
        asset,
        KINDS[flags & KIND],
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in),
        in.readLong(),
        readNumber(flags & HAS_VALUE, in),
        readNumber(flags & HAS_LIMIT, in),
        readNumber(flags & HAS_SCORE, in),
        (flags & BACKLOG) != 0);
  }

  private static void writeNumber(double number, DataOutputView out) throws IOException {
    if (!Double.isNaN(number)) {
      out.writeDouble(number);
    }
  }

  private static double readNumber(int present, DataInputView in) throws IOException {
    return present == 0 ? Double.NaN : in.readDouble();
  }

  @Override
  public TypeSerializerSnapshot<Signal> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Signal> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<Signal> {
    @Override
    public TypeInformation<Signal> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(Signal.class, INSTANCE);
    }
  }
}
