package io.foreshock.patterns.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A value and a timer for each of the assets heard of last, as bytes in a few large arrays: there
 * is no object per asset that the garbage collector would have to follow, and an asset is found
 * with three accesses to memory.
 *
 * <p>Records stand one behind the other in blocks. A value that outgrows its record gets another
 * one at the end of the youngest block. When memory is full the oldest block is emptied: its assets
 * move to the youngest block when they were heard of since they were written there, or when there
 * is enough to gain from left over records; the others leave.
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

  // A record: number, form of the key, timer, room for the value, length of the value or -1,
  // waiting
  // signals or -1, key, value. The key's own bit says that the asset was heard of again.
  private static final int KEY = 4;
  private static final int TIMER = 8;
  private static final int ROOM = 16;
  private static final int LENGTH = 20;
  private static final int WAITING = 24;
  private static final int HEAD = 28;
  private static final int HEARD = KeyBytes.OWN_BIT;

  private final long maxBytes;
  private final Writer leaving;
  private final NumberTable numbers = new NumberTable();
  private final Blocks blocks;
  private final BitSet changed = new BitSet();

  /** What records in use take of the blocks. */
  private long liveBytes;

  /** Place by number of the record. */
  private long[] places = new long[8];

  private int used;
  private int[] free = new int[8];
  private int freeCount;

  private int number;
  private byte[] block;
  private int at;

  /**
   * @param maxBytes what it may take, about
   * @param leaving takes the assets that leave with a change
   */
  AssetMemory(long maxBytes, Writer leaving) {
    this.maxBytes = maxBytes;
    this.leaving = leaving;
    blocks = new Blocks((int) Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, maxBytes / BLOCKS)));
  }

  /** Assets in memory. */
  int size() {
    return numbers.size();
  }

  /** What it takes. */
  long bytes() {
    return blocks.bytes() + numbers.bytes() + 8L * places.length;
  }

  /** Makes the record of an asset the current one; false when there is none. */
  boolean find(String key) {
    int hash = NumberTable.hash(key);
    for (int of = numbers.first(hash); of != NumberTable.NONE; of = numbers.next(hash)) {
      turnTo(of);
      int form = get(KEY);
      if (KeyBytes.equal(key, form, block, at + HEAD)) {
        set(KEY, form | HEARD);
        return true;
      }
    }
    return false;
  }

  /**
   * Adds a record for an asset that has none, and makes it the current one. Others may leave.
   *
   * @param value null when nothing is open
   */
  void add(String key, byte[] value) throws Exception {
    int fresh = freeCount > 0 ? free[--freeCount] : used++;
    if (fresh == places.length) {
      places = Arrays.copyOf(places, 2 * fresh);
    }
    numbers.add(NumberTable.hash(key), fresh);
    int length = value == null ? 0 : value.length;
    int form = KeyBytes.form(key);
    append(fresh, form, room(length));
    KeyBytes.write(key, form, block, at + HEAD);
    timer(Long.MAX_VALUE);
    waiting(-1);
    set(LENGTH, value == null ? -1 : length);
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
    return get(WAITING);
  }

  void waiting(int signals) {
    set(WAITING, signals);
  }

  /** Points at the value, which stays where it is until the current record changes. */
  void value(StoredValue into) {
    int length = get(LENGTH);
    into.set(length < 0 ? null : block, valueOffset(), Math.max(0, length));
  }

  /** The asset has nothing open any more. */
  void clearValue() {
    set(LENGTH, -1);
    changed.set(number);
  }

  /** Changes the value. Others may leave. */
  void value(byte[] from, int offset, int length) throws Exception {
    changed.set(number);
    boolean grows = length > get(ROOM);
    if (grows) {
      move(room(length));
    }
    set(LENGTH, length);
    System.arraycopy(from, offset, block, valueOffset(), length);
    if (grows) {
      makeRoom();
    }
  }

  /** Gives all that has changed since the last call; the current record is another one then. */
  void takeChanged(Writer writer) throws Exception {
    for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
      turnTo(i);
      tell(writer);
      changed.clear(i);
    }
  }

  private void tell(Writer writer) throws Exception {
    writer.write(key(), block, valueOffset(), get(LENGTH));
  }

  private void makeRoom() throws Exception {
    if (bytes() <= maxBytes) {
      return;
    }
    int current = number;
    for (int moved = 0; bytes() > maxBytes && blocks.count() > 1; moved++) {
      // With a quarter to gain from records that are left over, nobody has to leave.
      boolean full = moved >= MOST_MOVED || liveBytes > blocks.bytes() - blocks.bytes() / 4;
      emptyOldest(current, full);
    }
    turnTo(current);
  }

  private void emptyOldest(int current, boolean full) throws Exception {
    byte[] oldest = blocks.oldest();
    for (int offset = 0; offset + HEAD <= oldest.length; ) {
      int size = sizeAt(oldest, offset);
      if (size == 0) {
        break;
      }
      int of = (int) INT.get(oldest, offset);
      if (places[of] == blocks.placeInOldest(offset)) {
        turnTo(of);
        if (full && of != current && (get(KEY) & HEARD) == 0) {
          leave();
        } else {
          move(room(Math.max(0, get(LENGTH))));
        }
      }
      offset += size;
    }
    blocks.dropOldest();
  }

  private void leave() throws Exception {
    if (changed.get(number)) {
      changed.clear(number);
      tell(leaving);
    }
    liveBytes -= sizeAt(block, at);
    numbers.remove(NumberTable.hash(key()), number);
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
    int form = get(KEY) & ~HEARD;
    int kept = KeyBytes.size(form) + Math.max(0, get(LENGTH));
    long timer = timer();
    int length = get(LENGTH);
    int waiting = waiting();
    liveBytes -= sizeAt(from, offset);
    append(number, form, room);
    timer(timer);
    set(LENGTH, length);
    waiting(waiting);
    System.arraycopy(from, offset + HEAD, block, at + HEAD, kept);
  }

  /** Makes a record at the end and the current one. */
  private void append(int of, int form, int room) {
    int size = HEAD + KeyBytes.size(form) + room;
    places[of] = blocks.append(size);
    turnTo(of);
    set(0, of);
    set(KEY, form);
    set(ROOM, room);
    liveBytes += size;
  }

  private void turnTo(int of) {
    number = of;
    block = blocks.block(places[of]);
    at = Blocks.offset(places[of]);
  }

  /** 0 behind the last record of a block. */
  private static int sizeAt(byte[] in, int offset) {
    int key = KeyBytes.size((int) INT.get(in, offset + KEY));
    return key == 0 ? 0 : HEAD + key + (int) INT.get(in, offset + ROOM);
  }

  private int get(int field) {
    return (int) INT.get(block, at + field);
  }

  private void set(int field, int value) {
    INT.set(block, at + field, value);
  }

  private int valueOffset() {
    return at + HEAD + KeyBytes.size(get(KEY));
  }

  private String key() {
    return KeyBytes.read(get(KEY), block, at + HEAD);
  }

  /** In steps, so that a value may grow a little without moving. */
  private static int room(int length) {
    return length + 31 & ~31;
  }
}
