package io.foreshock.patterns.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A value and a timer for each of the assets heard of last, as bytes in a few large arrays: there
 * is no object per asset that the garbage collector would have to follow, and an asset is found
 * with three accesses to memory.
 *
 * <p>Records stand one behind the other in blocks; a table of hashes finds them by key. A value
 * that outgrows its record gets another one at the end of the youngest block. When memory is full
 * the oldest block is emptied: its assets move to the youngest block when they were heard of since
 * they were written there, or when there is enough to gain from left over records; the others
 * leave.
 *
 * <p>One record is the current one; methods without a key concern it. It never leaves.
 */
final class AssetMemory {

  /** Takes what leaves memory, or what has changed. */
  interface Writer {
    /**
     * @param length -1 when nothing is open
     */
    void write(String key, byte[] array, int offset, int length) throws Exception;
  }

  private static final int NONE = -1;
  private static final int SMALLEST_BLOCK = 64;
  private static final int LARGEST_BLOCK = 256 << 10;

  /** Blocks that a full memory has, if they are not of the largest size. */
  private static final int BLOCKS = 64;

  /** Blocks that may be moved as a whole to gain the room of one, before assets have to leave. */
  private static final int MOST_MOVED = 4;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  // A record: number, key, timer, room for the value, length of the value or -1, waiting signals or
  // -1, key, value.
  private static final int KEY = 4;
  private static final int TIMER = 8;
  private static final int ROOM = 16;
  private static final int LENGTH = 20;
  private static final int WAITING = 24;
  private static final int HEAD = 28;

  /** Bits of {@link #KEY}; above them the length of the key. */
  private static final int TWO_BYTES_A_CHARACTER = 1;

  private static final int HEARD = 2;

  private final long maxBytes;
  private final int blockSize;
  private final Writer leaving;

  /** What the blocks take, and what records in use take of it. */
  private long blockBytes;

  private long liveBytes;

  /** Hash above, number of the record + 1 below; 0 for an empty place. */
  private long[] table = new long[16];

  private int shift = 28;

  /** Place by number of the record: number of the block above, offset below. */
  private long[] places = new long[8];

  private int numbers;
  private int[] free = new int[8];
  private int freeCount;
  private final BitSet changed = new BitSet();

  /** Blocks {@code first} to {@code next - 1}, each at its number modulo the length. */
  private byte[][] blocks = new byte[8][];

  private int first;
  private int next;
  private int end;

  private int number = NONE;
  private byte[] block;
  private int at;

  /**
   * @param maxBytes what it may take, about
   * @param leaving takes the assets that leave with a change; the current record is undefined then
   */
  AssetMemory(long maxBytes, Writer leaving) {
    this.maxBytes = maxBytes;
    this.leaving = leaving;
    blockSize = (int) Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, maxBytes / BLOCKS));
  }

  /** Assets in memory. */
  int size() {
    return numbers - freeCount;
  }

  /** What it takes. */
  long bytes() {
    return blockBytes + 8L * (table.length + places.length);
  }

  /** Makes the record of an asset the current one; false when there is none. */
  boolean find(String key) {
    int hash = hash(key);
    for (int slot = hash >>> shift; table[slot] != 0; slot = following(slot)) {
      if ((int) (table[slot] >>> 32) == hash) {
        turnTo((int) table[slot] - 1);
        if (isOf(key)) {
          INT.set(block, at + KEY, (int) INT.get(block, at + KEY) | HEARD);
          return true;
        }
      }
    }
    number = NONE;
    return false;
  }

  /**
   * Adds a record for an asset that has none, and makes it the current one. Others may leave.
   *
   * @param value null when nothing is open
   */
  void add(String key, byte[] value) throws Exception {
    if (2 * (size() + 1) > table.length) {
      growTable();
    }
    int fresh = freeCount > 0 ? free[--freeCount] : numbers++;
    if (fresh == places.length) {
      places = Arrays.copyOf(places, 2 * fresh);
    }
    int hash = hash(key);
    int slot = hash >>> shift;
    while (table[slot] != 0) {
      slot = following(slot);
    }
    table[slot] = (long) hash << 32 | fresh + 1;
    int length = value == null ? 0 : value.length;
    int keyBits = keyBits(key);
    append(fresh, keyBits, room(length));
    writeKey(key, keyBits);
    LONG.set(block, at + TIMER, Long.MAX_VALUE);
    INT.set(block, at + WAITING, -1);
    INT.set(block, at + LENGTH, value == null ? -1 : length);
    if (value != null) {
      System.arraycopy(value, 0, block, valueOffset(), length);
    }
    makeRoom();
  }

  long timer() {
    return (long) LONG.get(block, at + TIMER);
  }

  void timer(long timer) {
    LONG.set(block, at + TIMER, timer);
  }

  /** Signals that wait for their order; -1 when nobody has said. */
  int waiting() {
    return (int) INT.get(block, at + WAITING);
  }

  void waiting(int signals) {
    INT.set(block, at + WAITING, signals);
  }

  /** Points at the value, which stays where it is until the current record changes. */
  void value(StoredValue into) {
    int length = (int) INT.get(block, at + LENGTH);
    into.set(length < 0 ? null : block, valueOffset(), Math.max(0, length));
  }

  /** The asset has nothing open any more. */
  void clearValue() {
    INT.set(block, at + LENGTH, -1);
    changed.set(number);
  }

  /** Changes the value. Others may leave. */
  void value(byte[] from, int offset, int length) throws Exception {
    changed.set(number);
    boolean grows = length > (int) INT.get(block, at + ROOM);
    if (grows) {
      move(room(length));
    }
    INT.set(block, at + LENGTH, length);
    System.arraycopy(from, offset, block, valueOffset(), length);
    if (grows) {
      makeRoom();
    }
  }

  /** Gives all that has changed since the last call; there is no current record afterwards. */
  void takeChanged(Writer writer) throws Exception {
    for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
      turnTo(i);
      tell(writer);
      changed.clear(i);
    }
    number = NONE;
  }

  private void tell(Writer writer) throws Exception {
    writer.write(key(), block, valueOffset(), (int) INT.get(block, at + LENGTH));
  }

  private void makeRoom() throws Exception {
    if (bytes() <= maxBytes) {
      return;
    }
    int current = number;
    for (int moved = 0; bytes() > maxBytes && next - first > 1; moved++) {
      // With a quarter to gain from records that are left over, nobody has to leave.
      boolean full = moved >= MOST_MOVED || liveBytes > blockBytes - blockBytes / 4;
      emptyOldest(current, full);
    }
    turnTo(current);
  }

  private void emptyOldest(int current, boolean full) throws Exception {
    byte[] oldest = blocks[first & blocks.length - 1];
    long base = (long) first << 32;
    for (int offset = 0; offset + HEAD <= oldest.length; ) {
      int size = sizeAt(oldest, offset);
      if (size == 0) {
        break;
      }
      int of = (int) INT.get(oldest, offset);
      if (of < numbers && places[of] == (base | offset)) {
        number = of;
        block = oldest;
        at = offset;
        int keyBits = (int) INT.get(oldest, offset + KEY);
        if (full && of != current && (keyBits & HEARD) == 0) {
          leave();
        } else {
          move(Math.max(0, (int) INT.get(oldest, offset + LENGTH)));
        }
      }
      offset += size;
    }
    blocks[first & blocks.length - 1] = null;
    first++;
    blockBytes -= oldest.length;
  }

  private void leave() throws Exception {
    if (changed.get(number)) {
      changed.clear(number);
      tell(leaving);
    }
    liveBytes -= sizeAt(block, at);
    removeFromTable();
    places[number] = -1;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = number;
  }

  /** Writes the current record again, with other room for its value. */
  private void move(int room) {
    byte[] from = block;
    int offset = at;
    int keyBits = (int) INT.get(from, offset + KEY) & ~HEARD;
    int length = (int) INT.get(from, offset + LENGTH);
    liveBytes -= sizeAt(from, offset);
    append(number, keyBits, room);
    LONG.set(block, at + TIMER, (long) LONG.get(from, offset + TIMER));
    INT.set(block, at + WAITING, (int) INT.get(from, offset + WAITING));
    INT.set(block, at + LENGTH, length);
    System.arraycopy(
        from, offset + HEAD, block, at + HEAD, keyBytes(keyBits) + Math.max(0, length));
  }

  /** Makes a record at the end and the current one. */
  private void append(int of, int keyBits, int room) {
    int size = HEAD + keyBytes(keyBits) + room;
    if (next == first || blocks[next - 1 & blocks.length - 1].length - end < size) {
      addBlock(Math.max(blockSize, size));
    }
    number = of;
    block = blocks[next - 1 & blocks.length - 1];
    at = end;
    places[of] = (long) (next - 1) << 32 | at;
    INT.set(block, at, of);
    INT.set(block, at + KEY, keyBits);
    INT.set(block, at + ROOM, room);
    end += size;
    liveBytes += size;
  }

  private void addBlock(int size) {
    if (next - first == blocks.length) {
      byte[][] more = new byte[2 * blocks.length][];
      for (int i = first; i != next; i++) {
        more[i & more.length - 1] = blocks[i & blocks.length - 1];
      }
      blocks = more;
    }
    blocks[next++ & blocks.length - 1] = new byte[size];
    blockBytes += size;
    end = 0;
  }

  private void turnTo(int of) {
    number = of;
    block = blocks[(int) (places[of] >>> 32) & blocks.length - 1];
    at = (int) places[of];
  }

  /** 0 behind the last record of a block. */
  private static int sizeAt(byte[] in, int offset) {
    int key = keyBytes((int) INT.get(in, offset + KEY));
    return key == 0 ? 0 : HEAD + key + (int) INT.get(in, offset + ROOM);
  }

  private int valueOffset() {
    return at + HEAD + keyBytes((int) INT.get(block, at + KEY));
  }

  /** In steps, so that a value may grow a little without moving. */
  private static int room(int length) {
    return length + 31 & ~31;
  }

  private static int hash(String key) {
    return key.hashCode() * 0x9E3779B9;
  }

  private int following(int slot) {
    return slot + 1 & table.length - 1;
  }

  private void growTable() {
    long[] old = table;
    table = new long[2 * old.length];
    shift--;
    for (long entry : old) {
      if (entry != 0) {
        int slot = (int) (entry >>> 32) >>> shift;
        while (table[slot] != 0) {
          slot = following(slot);
        }
        table[slot] = entry;
      }
    }
  }

  /** Closes the gap, so that what stands behind it is still found. */
  private void removeFromTable() {
    int slot = hash(key()) >>> shift;
    while ((int) table[slot] - 1 != number) {
      slot = following(slot);
    }
    int mask = table.length - 1;
    for (int probe = following(slot); table[probe] != 0; probe = following(probe)) {
      int home = (int) (table[probe] >>> 32) >>> shift;
      if ((probe - home & mask) >= (probe - slot & mask)) {
        table[slot] = table[probe];
        slot = probe;
      }
    }
    table[slot] = 0;
  }

  private static int keyBits(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) > 0xFF) {
        return key.length() << 2 | TWO_BYTES_A_CHARACTER;
      }
    }
    return key.length() << 2;
  }

  private static int keyBytes(int keyBits) {
    return keyBits >>> 2 << (keyBits & TWO_BYTES_A_CHARACTER);
  }

  private void writeKey(String key, int keyBits) {
    int to = at + HEAD;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      block[to++] = (byte) c;
      if ((keyBits & TWO_BYTES_A_CHARACTER) != 0) {
        block[to++] = (byte) (c >>> 8);
      }
    }
  }

  private boolean isOf(String key) {
    int keyBits = (int) INT.get(block, at + KEY);
    int length = key.length();
    if (keyBits >>> 2 != length) {
      return false;
    }
    int from = at + HEAD;
    if ((keyBits & TWO_BYTES_A_CHARACTER) == 0) {
      for (int i = 0; i < length; i++) {
        if (key.charAt(i) != (block[from + i] & 0xFF)) {
          return false;
        }
      }
      return true;
    }
    for (int i = 0; i < length; i++) {
      if (key.charAt(i) != wide(from + 2 * i)) {
        return false;
      }
    }
    return true;
  }

  private char wide(int from) {
    return (char) (block[from] & 0xFF | (block[from + 1] & 0xFF) << 8);
  }

  private String key() {
    int keyBits = (int) INT.get(block, at + KEY);
    int from = at + HEAD;
    if ((keyBits & TWO_BYTES_A_CHARACTER) == 0) {
      return new String(block, from, keyBits >>> 2, StandardCharsets.ISO_8859_1);
    }
    char[] key = new char[keyBits >>> 2];
    for (int i = 0; i < key.length; i++) {
      key[i] = wide(from + 2 * i);
    }
    return new String(key);
  }
}
