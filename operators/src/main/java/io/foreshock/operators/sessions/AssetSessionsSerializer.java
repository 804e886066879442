package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import io.foreshock.state.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** State form of {@link AssetSessions}: clocks and what is open in front, what is over behind. */
final class AssetSessionsSerializer extends VersionedSerializer<AssetSessions> {
  private static final long serialVersionUID = 1L;

  static final AssetSessionsSerializer INSTANCE = new AssetSessionsSerializer();

  /** The past when there is none. */
  static final byte[] NOTHING = {};

  @Override
  protected int version() {
    return 2;
  }

  @Override
  protected void write(AssetSessions asset, DataOutputView out) throws IOException {
    Fields.writeText(asset.assetClass, out);
    out.writeLong(asset.clockMillis);
    out.writeLong(asset.lastSeenMillis);
    out.writeLong(asset.timerMillis);
    out.writeLong(asset.correctionMillis);
    out.writeLong(asset.forgottenUntilMillis);
    out.writeBoolean(asset.backlog);
    asset.live.write(out);
    asset.late.write(out);
    out.writeLong(asset.lateMillis);
    out.writeLong(asset.lateSeenMillis);
    Fields.writeBytes(asset.encodedPast(), out);
  }

  @Override
  protected AssetSessions read(int version, DataInputView in) throws IOException {
    AssetSessions asset = new AssetSessions();
    asset.assetClass = Fields.readText(in);
    asset.clockMillis = in.readLong();
    asset.lastSeenMillis = in.readLong();
    asset.timerMillis = in.readLong();
    asset.correctionMillis = in.readLong();
    asset.forgottenUntilMillis = in.readLong();
    asset.backlog = in.readBoolean();
    asset.live = Follower.read(in);
    asset.late = Follower.read(in);
    asset.lateMillis = in.readLong();
    asset.lateSeenMillis = in.readLong();
    byte[] past = Fields.readBytes(in);
    // Format 1 does not say what a session was called when it was told.
    asset.encodedPast(version == 1 ? pastBytes(readPast(past, false)) : past);
    return asset;
  }

  static byte[] pastBytes(AssetSessions.Past past) throws IOException {
    if (past.sessions().isEmpty() && past.days().isEmpty()) {
      return NOTHING;
    }
    DataOutputSerializer out = new DataOutputSerializer(256);
    Fields.writeList(past.sessions(), PastSession::write, out);
    Fields.writeList(past.days(), AssetSessionsSerializer::writeDay, out);
    return out.getCopyOfBuffer();
  }

  static AssetSessions.Past readPast(byte[] bytes) throws IOException {
    return readPast(bytes, true);
  }

  private static AssetSessions.Past readPast(byte[] bytes, boolean withKind) throws IOException {
    AssetSessions.Past past = new AssetSessions.Past();
    if (bytes.length == 0) {
      return past;
    }
    DataInputView in = new DataInputDeserializer(bytes);
    past.sessions().addAll(Fields.readList(view -> PastSession.read(withKind, view), in));
    past.days().addAll(Fields.readList(AssetSessionsSerializer::readDay, in));
    return past;
  }

  private static void writeDay(Day day, DataOutputView out) throws IOException {
    out.writeLong(day.startMillis);
    Fields.writeVarLong(day.endMillis - day.startMillis, out);
    Fields.writeVarInt(day.starts, out);
    Fields.writeVarLong(day.operatingMillis, out);
    Fields.writeVarInt(day.revision, out);
    out.writeBoolean(day.changed);
  }

  private static Day readDay(DataInputView in) throws IOException {
    long start = in.readLong();
    Day day = new Day(start, start + Fields.readVarLong(in));
    day.starts = Fields.readVarInt(in);
    day.operatingMillis = Fields.readVarLong(in);
    day.revision = Fields.readVarInt(in);
    day.changed = in.readBoolean();
    return day;
  }

  @Override
  public AssetSessions copy(AssetSessions from) {
    return from.copy();
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializerSnapshot<AssetSessions> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AssetSessions> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
