package io.foreshock.operators.alerts;

import io.foreshock.state.Fields;
import io.foreshock.state.VersionedSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** State form of {@link AssetAlerts}. */
final class AssetAlertsSerializer extends VersionedSerializer<AssetAlerts> {
  private static final long serialVersionUID = 1L;

  static final AssetAlertsSerializer INSTANCE = new AssetAlertsSerializer();

  @Override
  protected int version() {
    return 1;
  }

  @Override
  protected void write(AssetAlerts value, DataOutputView out) throws IOException {
    Fields.writeText(value.tenant, out);
    Fields.writeText(value.assetId, out);
    AlertInputSerializer.writePlacement(value.place, out);
    Fields.writeList(value.quiets, QuietSerializer.INSTANCE::serialize, out);
    Fields.writeVarInt(value.slots.size(), out);
    for (Slot slot : value.slots.values()) {
      SlotFields.write(slot, out);
    }
    SlotFields.writeSeen(value.commands, out);
    out.writeLong(value.dueAt);
    out.writeLong(value.timerAt);
    out.writeBoolean(value.toldDown);
  }

  @Override
  protected AssetAlerts read(int version, DataInputView in) throws IOException {
    String tenant = Fields.readText(in);
    String assetId = Fields.readText(in);
    Placement place = AlertInputSerializer.readPlacement(in);
    List<Quiet> quiets = Fields.readList(QuietSerializer.INSTANCE::deserialize, in);
    int slots = Fields.readVarInt(in);
    List<Slot> read = new ArrayList<>(slots);
    for (int i = 0; i < slots; i++) {
      read.add(SlotFields.read(in));
    }
    AssetAlerts value = new AssetAlerts(tenant, assetId, SlotFields.readSeen(in));
    value.place = place;
    value.quiets.addAll(quiets);
    for (Slot slot : read) {
      value.slots.put(AssetAlerts.slotKey(slot.component, slot.failureMode), slot);
    }
    value.dueAt = in.readLong();
    value.timerAt = in.readLong();
    value.toldDown = in.readBoolean();
    return value;
  }

  @Override
  public AssetAlerts copy(AssetAlerts from) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(1024);
      serialize(from, out);
      return deserialize(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializerSnapshot<AssetAlerts> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AssetAlerts> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
