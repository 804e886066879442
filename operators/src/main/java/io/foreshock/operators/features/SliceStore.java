package io.foreshock.operators.features;

import io.foreshock.operators.features.SeriesPlan.WindowPlan;
import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The closed slices of one asset after another. Finest ones are kept in blocks of {@link
 * #BLOCK_SLICES}, so that a row changes little; each coarser level is one value. Values are read
 * when they are needed, and written back by {@link #flush}.
 */
final class SliceStore {
  static final int BLOCK_SLICES = 30;

  /** Where values are kept: finest blocks by their number, the level n under -n. */
  interface Blocks {
    byte[] get(long key) throws Exception;

    void put(long key, byte[] value) throws Exception;

    void remove(long key) throws Exception;
  }

  private final FeaturePlan plan;
  private final SliceLevels levels;
  private final SliceStats[] totals;
  private final Map<Long, SliceBlock> read = new HashMap<>();
  private final Section.Cursor cursor = new Section.Cursor();
  private final DataOutputSerializer scratch = new DataOutputSerializer(256);
  private final DataOutputSerializer out = new DataOutputSerializer(4_096);

  /** Numbers of the finest blocks that there are. */
  private final TreeSet<Long> finest = new TreeSet<>();

  private Blocks blocks;

  SliceStore(FeaturePlan plan) {
    this.plan = plan;
    this.levels = plan.levels;
    this.totals = new SliceStats[plan.series.length];
    for (int i = 0; i < totals.length; i++) {
      totals[i] = new SliceStats(plan.series[i]);
    }
  }

  /** Turns to an asset of which nothing is known. */
  void begin(Blocks ofAsset) {
    blocks = ofAsset;
    read.clear();
    finest.clear();
  }

  void readIndex(DataInputView in) throws IOException {
    int size = Fields.readVarInt(in);
    long number = 0;
    for (int i = 0; i < size; i++) {
      number += Fields.readVarLong(in);
      finest.add(number);
    }
  }

  void writeIndex(DataOutputView to) throws IOException {
    Fields.writeVarInt(finest.size(), to);
    long previous = 0;
    for (long number : finest) {
      Fields.writeVarLong(number - previous, to);
      previous = number;
    }
  }

  /** Removes everything of the asset, also what an earlier version of the set left. */
  void forget() throws Exception {
    for (long number : finest) {
      blocks.remove(number);
    }
    for (int level = 1; level < SliceLevels.MOST; level++) {
      blocks.remove(-level);
    }
    finest.clear();
    read.clear();
  }

  private SliceBlock block(long key) throws Exception {
    SliceBlock block = read.get(key);
    if (block == null) {
      byte[] stored = key >= 0 && !finest.contains(key) ? null : blocks.get(key);
      block = stored == null ? new SliceBlock(plan) : SliceBlock.read(plan, stored);
      read.put(key, block);
    }
    return block;
  }

  /** The block of a finest slice, which is about to be written. */
  SliceBlock finestBlock(long number) throws Exception {
    long key = number / BLOCK_SLICES;
    SliceBlock block = block(key);
    finest.add(key);
    return block;
  }

  /** Puts a finest slice in its place, which is the newest but for what backfill has brought. */
  void put(int place, long number, SliceStats stats) throws Exception {
    SliceBlock block = finestBlock(number);
    Section section = block.section(place);
    cursor.begin(section);
    boolean newest = !cursor.next() || cursor.number < number;
    SliceForm form = newest ? stats.known() : LateSlices.target(section, number).form;
    scratch.clear();
    stats.write(form, number * levels.length(0), true, scratch);
    block.set(
        place,
        newest
            ? Section.withNewest(section, form, number, scratch)
            : LateSlices.with(section, form, number, scratch));
  }

  /** Reads a finest slice; false when there is none. */
  boolean read(int place, long number, SliceStats stats) throws Exception {
    if (!finest.contains(number / BLOCK_SLICES) || find(place, number) == null) {
      return false;
    }
    stats.readFinest(cursor.section.form, number * levels.length(0), cursor.in);
    return true;
  }

  /** Blocks with finest slices from before a time, newest first. */
  private Iterable<Long> finestBefore(long millis) {
    long last = Math.floorDiv(millis - 1, levels.length(0) * BLOCK_SLICES);
    return finest.headSet(last, true).descendingSet();
  }

  /** Computes the columns of a series in a row of a time up to which all slices are closed. */
  void compute(int place, long rowMillis, double[] row) throws Exception {
    SeriesPlan series = plan.series[place];
    SliceStats total = totals[place];
    total.clear();
    int window = 0;
    for (long key : finestBefore(rowMillis)) {
      window = addTo(total, series, block(key).section(place), 0, window, rowMillis, row);
      if (window == series.windows.size()) {
        return;
      }
    }
    for (int level = 1; level < levels.count(); level++) {
      window = addTo(total, series, block(-level).section(place), level, window, rowMillis, row);
      if (window == series.windows.size()) {
        return;
      }
    }
    for (; window < series.windows.size(); window++) {
      Columns.compute(series.windows.get(window), total, rowMillis, row);
    }
  }

  /** Adds slices as long as windows reach; returns the first window that is not yet complete. */
  private int addTo(
      SliceStats total,
      SeriesPlan series,
      Section section,
      int level,
      int firstWindow,
      long rowMillis,
      double[] row)
      throws IOException {
    if (section == null) {
      return firstWindow;
    }
    int window = firstWindow;
    long length = levels.length(level);
    long begin = begin(series, window, rowMillis);
    cursor.begin(section);
    while (cursor.next()) {
      long start = cursor.number * length;
      if (start >= rowMillis) {
        continue;
      }
      while (start < begin) {
        WindowPlan complete = series.windows.get(window++);
        Columns.compute(complete, total, rowMillis, row);
        if (window == series.windows.size()) {
          return window;
        }
        begin = begin(series, window, rowMillis);
      }
      total.addOlder(cursor.section.form, start, level == 0, cursor.in);
    }
    return window;
  }

  private long begin(SeriesPlan series, int window, long rowMillis) {
    return levels.begin(rowMillis, series.windows.get(window).millis());
  }

  /** What is noted of finest slices, by their numbers. */
  TreeMap<Long, RowNote> notes(long fromNumber, long untilNumber) throws Exception {
    TreeMap<Long, RowNote> notes = new TreeMap<>();
    for (long key :
        finest.subSet(fromNumber / BLOCK_SLICES, true, untilNumber / BLOCK_SLICES, true)) {
      cursor.begin(block(key).section(plan.rows));
      while (cursor.next()) {
        if (cursor.number >= fromNumber && cursor.number < untilNumber) {
          notes.put(cursor.number, RowNote.read(cursor.in));
        }
      }
    }
    return notes;
  }

  /** What is noted of one finest slice. */
  RowNote note(long number) throws Exception {
    return notes(number, number + 1).getOrDefault(number, RowNote.NOTHING);
  }

  /** Writes a note of a finest slice, whether or not there is one. */
  void note(long number, RowNote note) throws Exception {
    scratch.clear();
    note.write(scratch);
    replace(plan.rows, number, scratch);
  }

  /** Adds a reading to a finest slice that is closed. */
  void addLate(Use use, long number, long millis, double value, SliceStats stats) throws Exception {
    int place = use.place();
    long start = number * levels.length(0);
    Section found = find(place, number);
    if (found == null) {
      stats.clear();
    } else {
      stats.readFinest(cursor.section.form, start, cursor.in);
    }
    use.add(millis, value, stats);
    Section target = found == null ? LateSlices.target(section(place, number), number) : found;
    scratch.clear();
    stats.write(target == null ? plan.series[place].form : target.form, start, true, scratch);
    replace(place, number, scratch);
  }

  private Section section(int place, long number) throws Exception {
    return finestBlock(number).section(place);
  }

  /** The section that holds a slice; its content is next in the cursor. */
  private Section find(int place, long number) throws Exception {
    cursor.begin(section(place, number));
    while (cursor.next() && cursor.number >= number) {
      if (cursor.number == number) {
        return cursor.section;
      }
    }
    return null;
  }

  private void replace(int place, long number, DataOutputSerializer content) throws Exception {
    SliceBlock block = finestBlock(number);
    block.set(
        place, LateSlices.with(block.section(place), plan.series[place].form, number, content));
  }

  /** Turns slices that are old by the asset's clock into coarser ones, and drops the oldest. */
  void age(long clockMillis) throws Exception {
    long blockMillis = levels.length(0) * BLOCK_SLICES;
    long finestUntil = clockMillis - levels.keep(0);
    Iterator<Long> oldest = finest.iterator();
    boolean moved = false;
    while (oldest.hasNext()) {
      long key = oldest.next();
      if ((key + 1) * blockMillis > finestUntil) {
        break;
      }
      if (levels.count() > 1) {
        moveUp(block(key), 0, Long.MAX_VALUE);
        moved = true;
      }
      blocks.remove(key);
      read.remove(key);
      oldest.remove();
    }
    if (moved) {
      for (int level = 1; level < levels.count(); level++) {
        long until = clockMillis - levels.keep(level);
        SliceBlock block = block(-level);
        if (level + 1 < levels.count()) {
          // Whole slices of the next level only.
          long end = Math.floorDiv(until, levels.length(level + 1)) * levels.length(level + 1);
          moveUp(block, level, end);
          drop(block, level, end);
        } else {
          drop(block, level, until);
        }
      }
    }
  }

  /** Adds slices that end at a time or before to the next level, where they are the newest. */
  private void moveUp(SliceBlock from, int level, long untilMillis) throws Exception {
    long length = levels.length(level);
    long target = levels.length(level + 1);
    SliceBlock to = block(-(level + 1));
    for (int place = 0; place < plan.rows; place++) {
      if (from.section(place) == null) {
        continue;
      }
      TreeMap<Long, Section.Copy> merged = new TreeMap<>();
      SliceStats total = totals[place];
      total.clear();
      long current = Long.MIN_VALUE;
      cursor.begin(from.section(place));
      while (cursor.next()) {
        long start = cursor.number * length;
        if (start + length > untilMillis) {
          continue;
        }
        long number = Math.floorDiv(start, target);
        if (number != current && total.count > 0) {
          merged.put(current, Section.Copy.of(total, current * target));
          total.clear();
        }
        current = number;
        total.addOlder(cursor.section.form, start, level == 0, cursor.in);
      }
      if (total.count > 0) {
        merged.put(current, Section.Copy.of(total, current * target));
      }
      for (Map.Entry<Long, Section.Copy> slice : merged.entrySet()) {
        Section.Copy copy = slice.getValue();
        to.set(
            place,
            Section.withNewest(to.section(place), copy.form(), slice.getKey(), copy.content()));
      }
    }
  }

  /** Drops slices that end at a time or before. */
  private void drop(SliceBlock block, int level, long untilMillis) throws IOException {
    long keepFrom = Math.floorDiv(untilMillis, levels.length(level));
    for (int place = 0; place < plan.rows; place++) {
      Section section = block.section(place);
      Section rest = LateSlices.from(section, keepFrom);
      if (rest != section) {
        block.set(place, rest);
      }
    }
  }

  /** Writes what has changed. */
  void flush() throws Exception {
    for (Map.Entry<Long, SliceBlock> entry : read.entrySet()) {
      if (entry.getValue().changed) {
        if (entry.getValue().isEmpty()) {
          blocks.remove(entry.getKey());
          finest.remove(entry.getKey());
        } else {
          out.clear();
          entry.getValue().write(plan, out);
          blocks.put(entry.getKey(), out.getCopyOfBuffer());
        }
        entry.getValue().changed = false;
      }
    }
  }
}
