package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What is kept of one asset: one value with the states of all its detectors. Detectors are decoded
 * when they are first used; the state of the others is copied through unread. The state of a
 * detector that the plan no longer holds is dropped; one that is new starts empty.
 *
 * <p>Form: version (1 byte), asset class (text), ingest time of the last batch (8), time of the
 * registered timer (8; the end of time for none), number of detectors (variable), and for each:
 * hash of its id (8), version (1), length (2), state.
 */
final class AssetState {
  static final int VERSION = 1;
  static final long NONE = Long.MAX_VALUE;

  private final DataInputDeserializer in = new DataInputDeserializer();
  private final DataOutputSerializer out = new DataOutputSerializer(512);

  private AssetPlan plan;
  private byte[] bytes;
  private boolean[] loaded = new boolean[0];

  /** Where a detector's state begins in {@link #bytes}; 0 when there is none. */
  private int[] offsets = new int[0];

  private int[] lengths = new int[0];
  private byte[] versions = new byte[0];

  String assetClass = "";
  long lastBatchMillis;
  long timerMillis;

  /** Reads the class of the asset alone, which decides about its plan. */
  String peekAssetClass(byte[] state) throws IOException {
    in.setBuffer(state);
    checkVersion(in.readUnsignedByte(), VERSION, "asset");
    return Fields.readText(in);
  }

  /** Turns to an asset; {@code state} is null when nothing is known of it. */
  void load(AssetPlan plan, byte[] state) throws IOException {
    this.plan = plan;
    this.bytes = state;
    int places = plan.slots.length;
    if (loaded.length < places) {
      loaded = new boolean[places];
      offsets = new int[places];
      lengths = new int[places];
      versions = new byte[places];
    }
    Arrays.fill(loaded, 0, places, false);
    Arrays.fill(offsets, 0, places, 0);
    if (state == null) {
      assetClass = "";
      lastBatchMillis = Long.MIN_VALUE;
      timerMillis = NONE;
      return;
    }
    assetClass = peekAssetClass(state);
    lastBatchMillis = in.readLong();
    timerMillis = in.readLong();
    int count = Fields.readVarInt(in);
    for (int i = 0; i < count; i++) {
      long hash = in.readLong();
      byte version = in.readByte();
      int length = in.readUnsignedShort();
      int place = i < places && plan.slots[i].hash() == hash ? i : plan.placeOf(hash);
      if (place >= 0) {
        offsets[place] = in.getPosition();
        lengths[place] = length;
        versions[place] = version;
      }
      in.skipBytesToRead(length);
    }
  }

  /** The detector at a place, in the state of this asset. */
  Detector detector(int place) throws IOException {
    AssetPlan.Slot slot = plan.slots[place];
    Detector detector = slot.detector();
    if (!loaded[place]) {
      loaded[place] = true;
      if (offsets[place] == 0) {
        detector.reset();
      } else {
        checkVersion(versions[place], detector.version(), slot.id());
        in.setBuffer(bytes, offsets[place], lengths[place]);
        detector.read(versions[place], in);
      }
    }
    return detector;
  }

  /** The value to keep. */
  byte[] toBytes() throws IOException {
    out.clear();
    out.writeByte(VERSION);
    Fields.writeText(assetClass, out);
    out.writeLong(lastBatchMillis);
    out.writeLong(timerMillis);
    int count = 0;
    for (int i = 0; i < plan.slots.length; i++) {
      count += loaded[i] || offsets[i] > 0 ? 1 : 0;
    }
    Fields.writeVarInt(count, out);
    for (int i = 0; i < plan.slots.length; i++) {
      if (loaded[i]) {
        writeDetector(plan.slots[i]);
      } else if (offsets[i] > 0) {
        int header = 8 + 1 + 2;
        out.write(bytes, offsets[i] - header, header + lengths[i]);
      }
    }
    return out.getCopyOfBuffer();
  }

  private void writeDetector(AssetPlan.Slot slot) throws IOException {
    out.writeLong(slot.hash());
    out.writeByte(slot.detector().version());
    int lengthAt = out.length();
    out.writeShort(0);
    slot.detector().write(out);
    int length = out.length() - lengthAt - 2;
    byte[] buffer = out.getSharedBuffer();
    buffer[lengthAt] = (byte) (length >>> 8);
    buffer[lengthAt + 1] = (byte) length;
  }

  static void checkVersion(int version, int newest, String what) throws IOException {
    if (version < 1 || version > newest) {
      throw new IOException(
          "Symptom state of "
              + what
              + " has version "
              + version
              + ", but this build reads versions 1 to "
              + newest
              + ". Deploy the newer release again, or restore an older savepoint.");
    }
  }
}
