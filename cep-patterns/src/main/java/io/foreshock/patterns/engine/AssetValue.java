package io.foreshock.patterns.engine;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The state value of one asset: a head, and a section for each pattern with open matches. Sections
 * are found without being decoded.
 *
 * <pre>
 * format     1 byte, {@value #FORMAT}
 * clock      8 bytes, the asset's time up to which signals have changed something
 * lag        how far the asset was behind the ingest clock then, milliseconds
 * timer      ingest time of the asset's timer
 * class      the asset's class: the one part of its name that the key does not hold
 * sections   count, then per section:
 *   pattern  8 bytes of SHA-256 of its name; version; 4 bytes shape (see {@link StateGraph#shape})
 *   deadline the asset's time at which the first open match runs out of time
 *   states   count and numbers of the states that open matches stand in
 *   open     number of open matches
 *   body     length and bytes, see {@link SectionCodec}
 * </pre>
 *
 * <p>Bytes with a format number in front rather than a serializer of our own: the serializer in a
 * savepoint is then Flink's for {@code byte[]}, which any tool can read, and the formats of
 * released versions, from 2 on, are read by this class, value by value.
 */
final class AssetValue {

  static final int FORMAT = 2;

  private static final VarHandle CLOCK =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** What is open of one pattern. */
  static final class Section {
    long patternId;
    int version;
    int shape;
    long deadline;
    int open;
    int[] states = new int[4];
    int stateCount;

    /** Open matches as they were read, and under which version and shape. */
    int storedOpen;

    int storedVersion;
    int storedShape;

    /** What the body stands in; null when it was written anew. */
    byte[] bytes;

    int offset;
    int length;
    PatternRuntime pattern;
  }

  private final DataInputDeserializer in = new DataInputDeserializer();
  private final List<Section> pool = new ArrayList<>();
  private int used;

  long clock;
  long lag;
  long timer;
  String assetClass;

  /** Begins an asset of which nothing is open. */
  void begin() {
    used = 0;
    clock = Long.MIN_VALUE;
    lag = 0;
    timer = Long.MAX_VALUE;
    assetClass = "";
  }

  /** The asset's time up to which signals have changed something. */
  static long clock(StoredValue stored) {
    return (long) CLOCK.get(stored.array(), stored.offset() + 1);
  }

  /**
   * Reads the head and finds the sections.
   *
   * @param stored not changed until {@link #release}
   */
  void read(StoredValue stored) throws IOException {
    begin();
    in.setBuffer(stored.array(), stored.offset(), stored.length());
    int format = in.readUnsignedByte();
    if (format != FORMAT) {
      throw new IOException(
          "Pattern state has format "
              + format
              + ", but this release reads format "
              + FORMAT
              + ". Deploy the release that wrote it, or restore an older savepoint.");
    }
    clock = in.readLong();
    lag = Fields.readVarLong(in);
    timer = Packed.readDeadline(in, clock);
    assetClass = Fields.readText(in);
    int sections = Fields.readVarInt(in);
    for (int i = 0; i < sections; i++) {
      Section section = add();
      section.patternId = in.readLong();
      section.version = Fields.readVarInt(in);
      section.shape = in.readInt();
      section.deadline = Packed.readDeadline(in, clock);
      int states = Fields.readVarInt(in);
      for (int s = 0; s < states; s++) {
        addState(section, Fields.readVarInt(in));
      }
      section.open = Fields.readVarInt(in);
      section.storedOpen = section.open;
      section.storedVersion = section.version;
      section.storedShape = section.shape;
      section.length = Fields.readVarInt(in);
      section.offset = in.getPosition();
      section.bytes = stored.array();
      in.skipBytesToRead(section.length);
    }
  }

  /**
   * @param fresh holds the bodies of sections without bytes of their own
   */
  void write(List<Section> sections, DataOutputSerializer fresh, DataOutputSerializer out)
      throws IOException {
    out.writeByte(FORMAT);
    out.writeLong(clock);
    Fields.writeVarLong(lag, out);
    Packed.writeDeadline(timer, clock, out);
    Fields.writeText(assetClass, out);
    Fields.writeVarInt(sections.size(), out);
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      out.writeLong(section.patternId);
      Fields.writeVarInt(section.version, out);
      out.writeInt(section.shape);
      Packed.writeDeadline(section.deadline, clock, out);
      Fields.writeVarInt(section.stateCount, out);
      for (int s = 0; s < section.stateCount; s++) {
        Fields.writeVarInt(section.states[s], out);
      }
      Fields.writeVarInt(section.open, out);
      Fields.writeVarInt(section.length, out);
      byte[] bytes = section.bytes == null ? fresh.getSharedBuffer() : section.bytes;
      out.write(bytes, section.offset, section.length);
    }
  }

  int size() {
    return used;
  }

  Section get(int index) {
    return pool.get(index);
  }

  /** A section to fill; valid until the next asset. */
  Section add() {
    if (used == pool.size()) {
      pool.add(new Section());
    }
    Section section = pool.get(used++);
    section.stateCount = 0;
    section.open = 0;
    section.storedOpen = 0;
    section.pattern = null;
    return section;
  }

  static void addState(Section section, int state) {
    if (section.stateCount == section.states.length) {
      section.states = Arrays.copyOf(section.states, 2 * section.stateCount);
    }
    section.states[section.stateCount++] = state;
  }

  /** Lets go of the asset's bytes. */
  void release() {
    for (int i = 0; i < used; i++) {
      pool.get(i).bytes = null;
      pool.get(i).pattern = null;
    }
    begin();
    in.releaseArrays();
  }
}
