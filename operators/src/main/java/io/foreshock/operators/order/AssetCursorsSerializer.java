package io.foreshock.operators.order;

import io.foreshock.state.Fields;
import io.foreshock.state.VersionedSerializer;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * State form of {@link AssetCursors}. Times are written as differences to each other, what is empty
 * takes a bit: a device in order takes about 30 bytes (asserted by a test).
 */
public final class AssetCursorsSerializer extends VersionedSerializer<AssetCursors> {
  private static final long serialVersionUID = 1L;

  public static final AssetCursorsSerializer INSTANCE = new AssetCursorsSerializer();

  private static final int HAS_ACTIVE = 1;
  private static final int HAS_WAITING = 2;
  private static final int HAS_PREVIOUS = 4;
  private static final int HAS_HELD = 8;
  private static final int HAS_NEWEST = 16;

  /** Since version 2. */
  private static final int HAS_LINK = 32;

  private static final int IS_BACKLOG = 1;

  private static final int IS_JOINING = 1;
  private static final int HAS_PENDING = 2;
  private static final int HAS_MISSING = 4;
  private static final int HAS_OLDEST = 8;

  @Override
  protected int version() {
    return 2;
  }

  @Override
  protected void write(AssetCursors asset, DataOutputView out) throws IOException {
    Fields.writeVarLong(asset.timerMillis, out);
    Fields.writeVarInt(asset.idCount, out);
    if (asset.idCount > 0) {
      Fields.writeVarLong(asset.idSweepMillis, out);
    }
    Fields.writeVarInt(asset.devices.size(), out);
    for (int i = 0; i < asset.devices.size(); i++) {
      writeDevice(asset.devices.get(i), asset.timerMillis, out);
    }
  }

  @Override
  protected AssetCursors read(int version, DataInputView in) throws IOException {
    AssetCursors asset = new AssetCursors();
    asset.timerMillis = Fields.readVarLong(in);
    asset.idCount = Fields.readVarInt(in);
    if (asset.idCount > 0) {
      asset.idSweepMillis = Fields.readVarLong(in);
    }
    int size = Fields.readVarInt(in);
    for (int i = 0; i < size; i++) {
      DeviceCursor device = readDevice(asset.timerMillis, in);
      asset.devices.add(device);
      asset.pending += device.pendingCount();
    }
    return asset;
  }

  private static void writeDevice(DeviceCursor device, long timer, DataOutputView out)
      throws IOException {
    Fields.writeText(device.device, out);
    boolean hasNewest = device.newestEventTimeMillis != Long.MIN_VALUE;
    out.writeByte(
        flag(device.active != null, HAS_ACTIVE)
            | flag(!device.waiting.isEmpty(), HAS_WAITING)
            | flag(!device.previous.isEmpty(), HAS_PREVIOUS)
            | flag(!device.held.isEmpty(), HAS_HELD)
            | flag(hasNewest, HAS_NEWEST)
            | flag(device.link != null, HAS_LINK));
    long base = device.lastSeenMillis;
    Fields.writeSignedVarLong(base - timer, out);
    if (hasNewest) {
      Fields.writeSignedVarLong(device.newestEventTimeMillis - base, out);
    }
    if (device.active != null) {
      writeBoot(device.active, base, out);
    }
    writeBoots(device.waiting, base, out);
    writeBoots(device.previous, base, out);
    if (!device.held.isEmpty()) {
      Fields.writeSignedVarLong(device.held.newestEventTimeMillis - base, out);
      Fields.writeVarInt(device.held.size(), out);
      for (int i = 0; i < device.held.size(); i++) {
        HeldMessages.Held held = device.held.get(i);
        Fields.writeSignedVarLong(held.oldestEventTimeMillis() - base, out);
        out.writeLong(held.key());
        Fields.writeSignedVarLong(held.arrivalMillis() - base, out);
      }
    }
    if (device.link != null) {
      writeLink(device.link, base, out);
    }
  }

  private static DeviceCursor readDevice(long timer, DataInputView in) throws IOException {
    DeviceCursor device = new DeviceCursor(Fields.readText(in));
    int flags = in.readUnsignedByte();
    long base = Fields.readSignedVarLong(in) + timer;
    device.lastSeenMillis = base;
    if ((flags & HAS_NEWEST) != 0) {
      device.newestEventTimeMillis = Fields.readSignedVarLong(in) + base;
    }
    if ((flags & HAS_ACTIVE) != 0) {
      device.active = readBoot(base, in);
    }
    if ((flags & HAS_WAITING) != 0) {
      readBoots(device.waiting, base, in);
    }
    if ((flags & HAS_PREVIOUS) != 0) {
      readBoots(device.previous, base, in);
    }
    if ((flags & HAS_HELD) != 0) {
      device.held.newestEventTimeMillis = Fields.readSignedVarLong(in) + base;
      int size = Fields.readVarInt(in);
      for (int i = 0; i < size; i++) {
        long oldest = Fields.readSignedVarLong(in) + base;
        long key = in.readLong();
        device.held.add(new HeldMessages.Held(oldest, key, Fields.readSignedVarLong(in) + base));
      }
    }
    if ((flags & HAS_LINK) != 0) {
      device.link = readLink(base, in);
    }
    return device;
  }

  private static void writeLink(LinkHealth link, long base, DataOutputView out) throws IOException {
    Fields.writeSignedVarLong(link.dueMillis - base, out);
    Fields.writeVarLong(link.lost, out);
    Fields.writeVarLong(link.duplicated, out);
    Fields.writeVarLong(link.reordered, out);
    Fields.writeVarLong(link.late, out);
    out.writeByte(flag(link.backlog, IS_BACKLOG));
    Fields.writeText(link.assetClass, out);
  }

  private static LinkHealth readLink(long base, DataInputView in) throws IOException {
    LinkHealth link = new LinkHealth(Fields.readSignedVarLong(in) + base);
    link.lost = Fields.readVarLong(in);
    link.duplicated = Fields.readVarLong(in);
    link.reordered = Fields.readVarLong(in);
    link.late = Fields.readVarLong(in);
    link.backlog = (in.readByte() & IS_BACKLOG) != 0;
    link.assetClass = Fields.readText(in);
    return link;
  }

  private static void writeBoots(List<BootCursor> boots, long base, DataOutputView out)
      throws IOException {
    if (!boots.isEmpty()) {
      Fields.writeVarInt(boots.size(), out);
      for (int i = 0; i < boots.size(); i++) {
        writeBoot(boots.get(i), base, out);
      }
    }
  }

  private static void readBoots(List<BootCursor> boots, long base, DataInputView in)
      throws IOException {
    int size = Fields.readVarInt(in);
    for (int i = 0; i < size; i++) {
      boots.add(readBoot(base, in));
    }
  }

  private static void writeBoot(BootCursor boot, long base, DataOutputView out) throws IOException {
    boolean hasOldest = boot.oldestWaiting != Long.MAX_VALUE;
    out.writeLong(boot.boot);
    out.writeByte(
        flag(boot.joining, IS_JOINING)
            | flag(!boot.pending.isEmpty(), HAS_PENDING)
            | flag(!boot.missing.isEmpty(), HAS_MISSING)
            | flag(hasOldest, HAS_OLDEST));
    Fields.writeVarLong(boot.next, out);
    if (hasOldest) {
      Fields.writeSignedVarLong(boot.oldestWaiting - base, out);
    }
    if (!boot.pending.isEmpty()) {
      writeRanges(boot.pending, out);
      for (int i = 0; i < boot.pending.size(); i++) {
        Fields.writeSignedVarLong(boot.pending.since(i) - base, out);
      }
    }
    if (!boot.missing.isEmpty()) {
      writeRanges(boot.missing, out);
    }
  }

  private static BootCursor readBoot(long base, DataInputView in) throws IOException {
    BootCursor boot = new BootCursor(in.readLong());
    int flags = in.readUnsignedByte();
    boot.joining = (flags & IS_JOINING) != 0;
    boot.next = Fields.readVarLong(in);
    if ((flags & HAS_OLDEST) != 0) {
      boot.oldestWaiting = Fields.readSignedVarLong(in) + base;
    }
    if ((flags & HAS_PENDING) != 0) {
      long[] ranges = readRanges(in);
      for (int i = 0; i < ranges.length; i += 2) {
        boot.pending.add(ranges[i], ranges[i + 1], Fields.readSignedVarLong(in) + base);
      }
    }
    if ((flags & HAS_MISSING) != 0) {
      long[] ranges = readRanges(in);
      for (int i = 0; i < ranges.length; i += 2) {
        boot.missing.add(ranges[i], ranges[i + 1], 0);
      }
    }
    return boot;
  }

  private static void writeRanges(NumberRanges ranges, DataOutputView out) throws IOException {
    Fields.writeVarInt(ranges.size(), out);
    long previous = 0;
    for (int i = 0; i < ranges.size(); i++) {
      Fields.writeVarLong(ranges.from(i) - previous, out);
      Fields.writeVarLong(ranges.to(i) - ranges.from(i), out);
      previous = ranges.to(i);
    }
  }

  /** First and last number of each range. */
  private static long[] readRanges(DataInputView in) throws IOException {
    long[] ranges = new long[Fields.readVarInt(in) * 2];
    long previous = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      ranges[i] = Fields.readVarLong(in) + previous;
      ranges[i + 1] = Fields.readVarLong(in) + ranges[i];
      previous = ranges[i + 1];
    }
    return ranges;
  }

  private static int flag(boolean condition, int bit) {
    return condition ? bit : 0;
  }

  @Override
  public AssetCursors copy(AssetCursors from) {
    return from.copy();
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializerSnapshot<AssetCursors> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Always compatible: the version stands in front of each value. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AssetCursors> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
