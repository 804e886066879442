package io.foreshock.operators.features;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FeatureRow;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes rows of closed slices. */
final class RowMaker {
  private static final double MILLIS_PER_HOUR = 3_600_000.0;

  private final FeaturePlan plan;
  private final SliceStore store;
  private final WorkHistory work;
  private AssetRef asset;
  private long computedAtMillis;
  private FeatureRow.Kind kind;
  private Consumer<FeatureRow> output;

  RowMaker(FeaturePlan plan, SliceStore store, WorkHistory work) {
    this.plan = plan;
    this.store = store;
    this.work = work;
  }

  /** What the next rows are about. */
  void of(AssetRef ofAsset, long atMillis, FeatureRow.Kind inPlace, Consumer<FeatureRow> toOutput) {
    asset = ofAsset;
    computedAtMillis = atMillis;
    kind = inPlace;
    output = toOutput;
  }

  /** Gives a row in its place. */
  void give(long rowMillis) throws Exception {
    give(rowMillis, 0, kind);
  }

  private void give(long rowMillis, int revision, FeatureRow.Kind rowKind) throws Exception {
    double[] values = new double[plan.set.columns().size()];
    for (int place = 0; place < plan.rows; place++) {
      store.compute(place, rowMillis, values);
    }
    for (FeaturePlan.WorkColumn column : plan.workColumns) {
      long last = work.lastWork(column.component(), rowMillis);
      values[column.place()] =
          last == Long.MIN_VALUE
              ? Double.NaN
              : column.cycles()
                  ? work.startsSince(column.component(), rowMillis)
                  : (rowMillis - last) / MILLIS_PER_HOUR;
    }
    output.accept(
        new FeatureRow(
            asset,
            plan.set.name(),
            plan.set.version(),
            rowMillis,
            computedAtMillis,
            revision,
            rowKind,
            values));
  }

  /**
   * Gives rows again, or for the first time where late readings made them due.
   *
   * @param fromMillis the oldest late item
   * @param untilMillis the newest late item
   * @param openNumber number of the open slice, which is not closed
   */
  void correct(long fromMillis, long untilMillis, long openNumber) throws Exception {
    long slice = plan.sliceMillis;
    long slicesOfPeriod = plan.periodMillis / slice;
    long first = Math.floorDiv(fromMillis, slice);
    // What is computed of work done may change until the end.
    long reach =
        plan.workColumns.isEmpty()
            ? untilMillis + plan.set.longestWindow().toMillis() * 13 / 12 + 2 * slice
            : Long.MAX_VALUE;
    TreeMap<Long, RowNote> notes = store.notes(first - slicesOfPeriod, openNumber);
    for (long number = first; number < openNumber; number++) {
      long rowMillis = (number + 1) * slice;
      if (rowMillis > reach) {
        return;
      }
      RowNote note = notes.getOrDefault(number, RowNote.NOTHING);
      boolean due =
          note.changed()
              || rowMillis % plan.periodMillis == 0
                  && said(notes, number + 1 - slicesOfPeriod, number + 1);
      if (due) {
        store.note(number, note.givenOnceMore());
        give(rowMillis, note.given(), FeatureRow.Kind.CORRECTED);
      }
    }
  }

  private static boolean said(TreeMap<Long, RowNote> notes, long from, long until) {
    for (Map.Entry<Long, RowNote> note : notes.subMap(from, until).entrySet()) {
      if (note.getValue().said()) {
        return true;
      }
    }
    return false;
  }
}
