package io.foreshock.state;

import io.foreshock.model.Command;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State and network form of {@link Command}. */
public final class CommandSerializer extends VersionedSerializer<Command> {
  private static final long serialVersionUID = 1L;

  public static final CommandSerializer INSTANCE = new CommandSerializer();

  private static final Command.Action[] ACTIONS = Command.Action.values();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(Command value, DataOutputView out) throws IOException {
    Fields.writeText(value.tenant(), out);
    Fields.writeText(value.id(), out);
    out.writeLong(value.issuedAtMillis());
    Fields.writeText(value.issuedBy(), out);
    Fields.writeText(value.assetId(), out);
    Fields.writeText(value.site(), out);
    Fields.writeText(value.assetClass(), out);
    Fields.writeText(value.comment(), out);
    out.writeByte(value.action().ordinal());
    Fields.writeText(value.alertId(), out);
    Fields.writeText(value.component(), out);
    Fields.writeVarLong(value.fromMillis(), out);
    Fields.writeVarLong(value.untilMillis(), out);
    Fields.writeText(value.target(), out);
    Fields.writeVarInt(value.partition(), out);
    Fields.writeVarLong(value.offset(), out);
  }

  @Override
  protected Command read(int version, DataInputView in) throws IOException {
    return new Command(
        Fields.readText(in),
        Fields.readText(in),
        in.readLong(),
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in),
        ACTIONS[in.readUnsignedByte()],
        Fields.readText(in),
        Fields.readText(in),
        Fields.readVarLong(in),
        Fields.readVarLong(in),
        Fields.readText(in),
        Fields.readVarInt(in),
        Fields.readVarLong(in));
  }

  @Override
  public TypeSerializerSnapshot<Command> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Command> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }

  /** Tells Flink's type extraction to use this serializer. */
  public static final class Factory extends TypeInfoFactory<Command> {
    @Override
    public TypeInformation<Command> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> parameters) {
      return new VersionedTypeInfo<>(Command.class, INSTANCE);
    }
  }
}
