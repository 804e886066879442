package io.foreshock.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class AssetCursorsSerializerTest {
  private static final AssetCursorsSerializer SERIALIZER = AssetCursorsSerializer.INSTANCE;

  /** Bytes that version 1 wrote for {@link #everything()} without links. */
  private static final Path VERSION_1 = Path.of("src/test/resources/golden/order-cursors-v1.hex");

  /** Bytes that version 2 wrote for {@link #everything()}. */
  private static final Path GOLDEN = Path.of("src/test/resources/golden/order-cursors-v2.hex");

  private static byte[] bytes(AssetCursors asset) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    SERIALIZER.serialize(asset, out);
    return out.getCopyOfBuffer();
  }

  private static AssetCursors read(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    AssetCursors asset = SERIALIZER.deserialize(in);
    assertThat(in.available()).as("bytes left").isZero();
    return asset;
  }

  private static AssetCursors everything() {
    long now = ArrivalScript.START;
    AssetCursors asset = new AssetCursors();
    asset.timerMillis = now + 10_000;
    asset.idCount = 3;
    asset.idSweepMillis = now + 3_600_000;
    DeviceCursor device = new DeviceCursor("gateway-7");
    device.lastSeenMillis = now;
    device.newestEventTimeMillis = now - 5;
    device.active = new BootCursor(StableHash.of("boot-1"));
    device.active.next = 300;
    device.active.joining = true;
    device.active.oldestWaiting = now - 100;
    device.active.pending.add(302, 302, now - 7);
    device.active.pending.add(310, 319, now - 6);
    device.active.missing.add(7, 7, 0);
    device.active.missing.add(100, 299, 0);
    BootCursor waiting = new BootCursor(StableHash.of("boot-2"));
    waiting.pending.add(0, 4, now - 1);
    waiting.oldestWaiting = now - 50;
    device.waiting.add(waiting);
    device.previous.add(new BootCursor(StableHash.of("boot-0")));
    device.previous.add(new BootCursor(-1));
    device.held.newestEventTimeMillis = now;
    device.held.add(new HeldMessages.Held(now - 20, 99, now - 3));
    device.held.add(new HeldMessages.Held(now - 30, -7, now - 2));
    asset.devices.add(device);
    DeviceCursor itself = new DeviceCursor("");
    itself.lastSeenMillis = now - 1;
    asset.devices.add(itself);
    itself.link = new LinkHealth(now + 60_000);
    itself.link.lost = 1;
    itself.link.duplicated = 200;
    itself.link.reordered = 3;
    itself.link.late = 4;
    itself.link.assetClass = "pump";
    itself.link.backlog = true;
    asset.pending = device.pendingCount();
    return asset;
  }

  @Test
  void readsBackWhatItWrote() throws Exception {
    assertThat(everything().pending).isEqualTo(18);
    assertThat(read(bytes(everything()))).usingRecursiveComparison().isEqualTo(everything());
    assertThat(read(bytes(new AssetCursors())))
        .usingRecursiveComparison()
        .isEqualTo(new AssetCursors());
  }

  @Test
  void readsWhatVersion1Wrote() throws Exception {
    AssetCursors withoutLinks = everything();
    withoutLinks.devices.get(1).link = null;
    byte[] bytes = HexFormat.of().parseHex(Files.readString(VERSION_1).replaceAll("\\s", ""));

    assertThat(read(bytes)).usingRecursiveComparison().isEqualTo(withoutLinks);
  }

  @Test
  void readsWhatVersion2WroteAndWritesTheSame() throws Exception {
    if ("write".equals(System.getProperty("foreshock.golden")) && !Files.exists(GOLDEN)) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(
          GOLDEN,
          HexFormat.of().formatHex(bytes(everything())).replaceAll("(.{96})", "$1\n") + "\n");
    }
    byte[] golden = HexFormat.of().parseHex(Files.readString(GOLDEN).replaceAll("\\s", ""));

    assertThat(read(golden)).usingRecursiveComparison().isEqualTo(everything());
    assertThat(bytes(everything()))
        .as("the format changed: raise version() and keep reading the old form")
        .isEqualTo(golden);
  }

  /** A running snapshot of the hash map backend keeps the object it was given. */
  @Test
  void copiesDeeply() throws Exception {
    AssetCursors original = everything();
    byte[] before = bytes(original);

    AssetCursors copy = SERIALIZER.copy(original);
    assertThat(bytes(copy)).isEqualTo(before);
    copy.timerMillis++;
    copy.devices.remove(1);
    DeviceCursor device = copy.devices.get(0);
    device.lastSeenMillis++;
    device.active.next++;
    device.active.pending.remove(302);
    device.active.missing.remove(150);
    device.waiting.get(0).pending.add(9, 9, 1);
    device.waiting.clear();
    device.previous.get(0).skipTo(5);
    device.held.removeFirst();
    copy.devices.add(SERIALIZER.copy(original).devices.get(1));
    copy.devices.get(1).link.lost++;

    assertThat(bytes(original)).isEqualTo(before);
    assertThat(SERIALIZER.isImmutableType()).isFalse();
  }

  @Test
  void restoresThroughItsSnapshot() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, SERIALIZER.snapshotConfiguration());

    TypeSerializerSnapshot<AssetCursors> restored =
        TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

    assertThat(
            SERIALIZER
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
  }

  /** The figure that the README states. */
  @Test
  void takesAbout30BytesForADeviceInOrder() throws Exception {
    AssetCursors asset = new AssetCursors();
    Sequencers.accept(asset, ArrivalScript.message("a0", ArrivalScript.START + 1_000));
    Sequencers.accept(asset, ArrivalScript.message("a1", ArrivalScript.START + 2_000));
    asset.devices.get(0).active.next = 1_000_000;
    asset.timerMillis = ArrivalScript.START + OrderRules.DEFAULT.cursorTtl().toMillis();

    assertThat(bytes(asset)).hasSize(30);
  }
}
