package io.foreshock.operators.features;

import io.foreshock.operators.features.SeriesPlan.OverTime;
import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of the readings of one series in one slice, or in several neighbours. Mutable, used
 * again and again.
 *
 * <p>Nothing in it depends on the order in which readings came. What depends on neighbours in time
 * (time above a limit, energy) is taken apart into slices: inside a finest slice the readings stand
 * evenly for the time between the first and the last of it; between two slices the trapezoid, or
 * the last reading of the older one, stands for at most the gap of the feature.
 */
final class SliceStats {
  /** Times in sums are counted from here: 2020-01-01, so that they stay small. */
  static final long TIME_ORIGIN = 1_577_836_800_000L;

  private static final double MILLIS_PER_HOUR = 3_600_000.0;

  private final SliceForm form;

  /** Sessions; null of series that are not about them. */
  final Runs runs;

  long count;
  final ExactSum sum = new ExactSum();
  final ExactSum squares = new ExactSum();
  final ExactSum timeSquares = new ExactSum();
  final ExactSum timeValues = new ExactSum();
  long times;
  double min;
  double max;
  long firstMillis;
  double firstValue;
  long lastMillis;
  double lastValue;
  final Buckets buckets = new Buckets();

  /** Of each time item: readings beyond the limit in a finest slice; else milliseconds. */
  final long[] beyond;

  final List<ExactSum> energies = new ArrayList<>();

  /** Parts and items of the form that some slice lacked. */
  int missingParts;

  long missingItems;
  private final ExactSum own = new ExactSum();

  SliceStats(SeriesPlan series) {
    this.form = series.form;
    this.runs = series.sessions == null ? null : new Runs(series.sessions);
    this.beyond = new long[form.items().size()];
    form.items().forEach(item -> energies.add(item.isTime() ? null : new ExactSum()));
  }

  void clear() {
    count = 0;
    sum.clear();
    squares.clear();
    timeSquares.clear();
    timeValues.clear();
    times = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    buckets.clear();
    for (int i = 0; i < beyond.length; i++) {
      beyond[i] = 0;
      if (energies.get(i) != null) {
        energies.get(i).clear();
      }
    }
    missingParts = 0;
    missingItems = 0;
    if (runs != null) {
      runs.clear();
    }
  }

  /**
   * Adds a reading of a channel that sessions look at to a finest slice.
   *
   * @param running whether it shows the asset running
   * @param measured whether it is of the channel that is measured
   */
  void addOfSessions(long millis, double value, boolean running, boolean measured) {
    if (running) {
      runs.runs(millis);
    }
    if (measured) {
      runs.measured(value);
    }
    count++;
  }

  /** Adds a reading to a finest slice. */
  void add(long millis, double value) {
    if (form.has(SeriesPlan.SUM)) {
      sum.add(value);
    }
    if (form.has(SeriesPlan.SQUARES)) {
      squares.addProduct(value, value);
    }
    if (form.has(SeriesPlan.RANGE)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    if (form.has(SeriesPlan.LINE)) {
      double time = millis - TIME_ORIGIN;
      times += millis - TIME_ORIGIN;
      timeSquares.addProduct(time, time);
      timeValues.addProduct(time, value);
    }
    if (form.has(SeriesPlan.BUCKETS)) {
      buckets.add(value);
    }
    if (form.has(SeriesPlan.EDGES)) {
      addEdges(millis, value);
      for (int i = 0; i < beyond.length; i++) {
        OverTime item = form.items().get(i);
        beyond[i] += item.isTime() && item.holds(value) ? 1 : 0;
      }
    }
    count++;
  }

  /** Of several readings at one time the smallest is the first and the largest the last. */
  private void addEdges(long millis, double value) {
    if (count == 0 || millis < firstMillis || millis == firstMillis && value < firstValue) {
      firstMillis = millis;
      firstValue = value;
    }
    if (count == 0 || millis > lastMillis || millis == lastMillis && value > lastValue) {
      lastMillis = millis;
      lastValue = value;
    }
  }

  /**
   * Writes a slice.
   *
   * @param as what to write; no more than is known
   * @param startMillis begin of the slice
   * @param finest whether it is a slice of the finest level
   */
  void write(SliceForm as, long startMillis, boolean finest, DataOutputView out)
      throws IOException {
    Fields.writeVarLong(count, out);
    if (as.has(SeriesPlan.EDGES)) {
      Fields.writeVarLong(firstMillis - startMillis, out);
      Fields.writeVarLong(lastMillis - firstMillis, out);
      out.writeDouble(firstValue);
      out.writeDouble(lastValue);
    }
    if (as.has(SeriesPlan.SUM)) {
      sum.write(out);
    }
    if (as.has(SeriesPlan.SQUARES)) {
      squares.write(out);
    }
    if (as.has(SeriesPlan.RANGE)) {
      out.writeDouble(min);
      out.writeDouble(max);
    }
    if (as.has(SeriesPlan.LINE)) {
      Fields.writeSignedVarLong(times - count * (startMillis - TIME_ORIGIN), out);
      timeSquares.write(out);
      timeValues.write(out);
    }
    if (as.has(SeriesPlan.BUCKETS)) {
      buckets.write(out);
    }
    if (as.has(SeriesPlan.RUNS)) {
      runs.write(startMillis, finest, out);
    }
    for (OverTime item : as.items()) {
      int known = form.items().indexOf(item);
      if (item.isTime()) {
        Fields.writeVarLong(known < 0 ? 0 : beyond[known], out);
      } else if (!finest) {
        energies.get(known).write(out);
      }
    }
  }

  /** How a written slice is taken. */
  private enum Mode {
    /** As it was, to be added to. */
    AGAIN,
    /** A finest slice: its readings stand evenly for its time. */
    EVENLY,
    /** A slice of slices. */
    MERGED
  }

  /** Turns to a finest slice that was written. */
  void readFinest(SliceForm as, long startMillis, DataInputView in) throws IOException {
    clear();
    add(as, startMillis, Mode.AGAIN, in);
  }

  /** Adds a slice that was written, older than everything that was added before. */
  void addOlder(SliceForm as, long startMillis, boolean finest, DataInputView in)
      throws IOException {
    add(as, startMillis, finest ? Mode.EVENLY : Mode.MERGED, in);
  }

  private void add(SliceForm as, long startMillis, Mode mode, DataInputView in) throws IOException {
    boolean more = count > 0;
    long added = Fields.readVarLong(in);
    count += added;
    if (form != as) {
      noteMissing(as);
    }
    long first = 0;
    long last = 0;
    double valueAtFirst = 0;
    double valueAtLast = 0;
    if (as.has(SeriesPlan.EDGES)) {
      first = startMillis + Fields.readVarLong(in);
      last = first + Fields.readVarLong(in);
      valueAtFirst = in.readDouble();
      valueAtLast = in.readDouble();
    }
    double mean = as.has(SeriesPlan.SUM) ? addSum(mode, added, in) : Double.NaN;
    if (as.has(SeriesPlan.SQUARES)) {
      squares.addFrom(in);
    }
    if (as.has(SeriesPlan.RANGE)) {
      min = Math.min(min, in.readDouble());
      max = Math.max(max, in.readDouble());
    }
    if (as.has(SeriesPlan.LINE)) {
      times += Fields.readSignedVarLong(in) + added * (startMillis - TIME_ORIGIN);
      timeSquares.addFrom(in);
      timeValues.addFrom(in);
    }
    if (as.has(SeriesPlan.BUCKETS)) {
      if (form.has(SeriesPlan.BUCKETS)) {
        buckets.addFrom(in);
      } else {
        Buckets.skip(in);
      }
    }
    if (as.has(SeriesPlan.RUNS)) {
      if (mode == Mode.AGAIN) {
        runs.readFinest(startMillis, in);
      } else {
        runs.addOlder(startMillis, mode == Mode.EVENLY, in);
      }
    }
    for (int i = 0; i < as.items().size(); i++) {
      OverTime item = as.items().get(i);
      int known = form == as ? i : form.items().indexOf(item);
      addItem(item, known, mode, added, last - first, mean, in);
    }
    if (as.has(SeriesPlan.EDGES)) {
      if (more) {
        bridge(last, valueAtLast);
      } else {
        lastMillis = last;
        lastValue = valueAtLast;
      }
      firstMillis = first;
      firstValue = valueAtFirst;
    }
  }

  private void noteMissing(SliceForm as) {
    missingParts |= form.parts() & ~as.parts();
    for (int i = 0; i < beyond.length; i++) {
      missingItems |= as.items().contains(form.items().get(i)) ? 0 : 1L << i;
    }
  }

  /** The mean of the slice, where energy may be computed of it. */
  private double addSum(Mode mode, long added, DataInputView in) throws IOException {
    if (mode != Mode.EVENLY || beyond.length == 0) {
      sum.addFrom(in);
      return Double.NaN;
    }
    own.clear();
    own.addFrom(in);
    sum.add(own);
    return own.value().value() / added;
  }

  private void addItem(
      OverTime item,
      int known,
      Mode mode,
      long added,
      long spanMillis,
      double mean,
      DataInputView in)
      throws IOException {
    if (item.isTime()) {
      long written = Fields.readVarLong(in);
      if (known >= 0) {
        beyond[known] +=
            mode == Mode.EVENLY ? Math.round((double) spanMillis * written / added) : written;
      }
    } else if (mode == Mode.MERGED) {
      if (known >= 0) {
        energies.get(known).addFrom(in);
      } else {
        ExactSum.skip(in);
      }
    } else if (mode == Mode.EVENLY && known >= 0) {
      energies.get(known).add(mean * (spanMillis / MILLIS_PER_HOUR));
    }
  }

  /** What lies between an older reading and the first one known. */
  private void bridge(long olderMillis, double olderValue) {
    long gap = firstMillis - olderMillis;
    for (int i = 0; i < beyond.length; i++) {
      OverTime item = form.items().get(i);
      if (gap > 0 && gap <= item.gapMillis()) {
        if (!item.isTime()) {
          energies.get(i).add((olderValue + firstValue) / 2 * (gap / MILLIS_PER_HOUR));
        } else if (item.holds(olderValue)) {
          beyond[i] += gap;
        }
      }
    }
  }

  /** What may be written of it: the form of this build without what some slice lacked. */
  SliceForm known() {
    if (missingParts == 0 && missingItems == 0) {
      return form;
    }
    List<OverTime> items = new ArrayList<>();
    for (int i = 0; i < beyond.length; i++) {
      if ((missingItems & 1L << i) == 0) {
        items.add(form.items().get(i));
      }
    }
    return new SliceForm(form.parts() & ~missingParts, items);
  }
}
