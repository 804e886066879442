package io.foreshock.operators.alerts;

import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Notification.Recipient;
import io.foreshock.state.Fields;
import io.foreshock.state.NotificationSerializer;
import io.foreshock.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State form of {@link StormWindow}. */
final class StormWindowSerializer extends VersionedSerializer<StormWindow> {
  private static final long serialVersionUID = 1L;

  static final StormWindowSerializer INSTANCE = new StormWindowSerializer();

  private static final Severity[] SEVERITIES = Severity.values();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(StormWindow value, DataOutputView out) throws IOException {
    out.writeLong(value.openedAtMillis());
    out.writeLong(value.untilMillis());
    Fields.writeVarLong(value.lengthMillis(), out);
    Fields.writeVarLong(value.pages(), out);
    Fields.writeVarLong(value.resolved(), out);
    out.writeBoolean(value.first() != null);
    if (value.first() != null) {
      NotificationSerializer.INSTANCE.serialize(value.first(), out);
    }
    Fields.writeList(value.severest(), StormWindowSerializer::writeNamed, out);
    Fields.writeList(value.recipients(), StormWindowSerializer::writeRecipient, out);
  }

  @Override
  protected StormWindow read(int version, DataInputView in) throws IOException {
    return new StormWindow(
        in.readLong(),
        in.readLong(),
        Fields.readVarLong(in),
        Fields.readVarLong(in),
        Fields.readVarLong(in),
        in.readBoolean() ? NotificationSerializer.INSTANCE.deserialize(in) : null,
        Fields.readList(StormWindowSerializer::readNamed, in),
        Fields.readList(StormWindowSerializer::readRecipient, in));
  }

  private static void writeNamed(StormWindow.Named named, DataOutputView out) throws IOException {
    out.writeByte(named.severity().ordinal());
    Fields.writeText(named.alertId(), out);
  }

  private static StormWindow.Named readNamed(DataInputView in) throws IOException {
    return new StormWindow.Named(SEVERITIES[in.readUnsignedByte()], Fields.readText(in));
  }

  private static void writeRecipient(Recipient recipient, DataOutputView out) throws IOException {
    Fields.writeText(recipient.channel(), out);
    Fields.writeText(recipient.address(), out);
  }

  private static Recipient readRecipient(DataInputView in) throws IOException {
    return new Recipient(Fields.readText(in), Fields.readText(in));
  }

  @Override
  public TypeSerializerSnapshot<StormWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<StormWindow> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
