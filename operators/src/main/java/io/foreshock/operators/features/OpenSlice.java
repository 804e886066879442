package io.foreshock.operators.features;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The finest slice that the asset's clock is in, of all series. It stays beside the clock in state,
 * so that a reading touches no other value; series are decoded when they are first used.
 */
final class OpenSlice {
  private final FeaturePlan plan;
  private final SliceStats[] stats;
  private final boolean[] loaded;
  private final boolean[] present;
  private final Section.Cursor cursor = new Section.Cursor();
  private final DataOutputSerializer scratch = new DataOutputSerializer(256);

  private SliceBlock stored;

  /** Number of the slice. */
  long number;

  RowNote note = RowNote.NOTHING;

  OpenSlice(FeaturePlan plan) {
    this.plan = plan;
    stats = new SliceStats[plan.series.length];
    for (int i = 0; i < stats.length; i++) {
      stats[i] = new SliceStats(plan.series[i]);
    }
    loaded = new boolean[stats.length];
    present = new boolean[stats.length];
  }

  /** Turns to an empty slice. */
  void begin(long newNumber) {
    read(newNumber, RowNote.NOTHING, new SliceBlock(plan));
  }

  /** Turns to a slice of which backfill may have brought something already. */
  void begin(long newNumber, SliceStore store) throws Exception {
    begin(newNumber);
    note = store.note(newNumber);
    for (int place = 0; place < plan.rows; place++) {
      if (store.read(place, newNumber, stats[place])) {
        loaded[place] = true;
        present[place] = true;
      }
    }
  }

  /** Turns to a slice that was stored. */
  void read(long storedNumber, RowNote storedNote, SliceBlock block) {
    number = storedNumber;
    note = storedNote;
    stored = block;
    java.util.Arrays.fill(loaded, false);
    for (int place = 0; place < present.length; place++) {
      present[place] = block.section(place) != null;
    }
  }

  void add(Use use, long millis, double value) throws IOException {
    use.add(millis, value, load(use.place()));
    present[use.place()] = true;
  }

  private SliceStats load(int place) throws IOException {
    SliceStats slice = stats[place];
    if (!loaded[place]) {
      loaded[place] = true;
      Section section = stored.section(place);
      if (section == null) {
        slice.clear();
      } else {
        cursor.begin(section);
        cursor.next();
        slice.readFinest(section.form, number * plan.sliceMillis, cursor.in);
      }
    }
    return slice;
  }

  /** The slice as it is stored beside the clock. */
  SliceBlock toBlock() throws IOException {
    SliceBlock block = new SliceBlock(plan);
    for (int place = 0; place < present.length; place++) {
      if (loaded[place]) {
        SliceForm form = write(place);
        block.set(place, Section.withNewest(null, form, number, scratch));
      } else if (present[place]) {
        block.set(place, stored.section(place));
      }
    }
    return block;
  }

  /** Hands the slice over to the closed ones. */
  void close(SliceStore store) throws Exception {
    for (int place = 0; place < plan.rows; place++) {
      if (present[place]) {
        store.put(place, number, load(place));
      }
    }
  }

  private SliceForm write(int place) throws IOException {
    SliceStats slice = stats[place];
    SliceForm form = slice.known();
    scratch.clear();
    slice.write(form, number * plan.sliceMillis, true, scratch);
    return form;
  }
}
