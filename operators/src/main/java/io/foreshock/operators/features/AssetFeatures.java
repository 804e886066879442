package io.foreshock.operators.features;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.FeatureRow;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.definition.FeatureSet.Change;
import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Computes one feature set of one asset after another, without Flink.
 *
 * <p>The asset's clock is the largest event time that came, backfill left out: that has a way of
 * its own and may overtake. A reading in the open slice or later is in place; one behind it, by at
 * most the set's corrections, changes the slice it belongs to, and the rows after it are given
 * again before the next row of the period; one further behind is counted and not used. Values that
 * are not finite, or beyond 1e150, are counted and not used.
 *
 * <p>Backfill ahead of the clock waits in its slices until the clock has come there.
 *
 * <p>State of an asset: version (1 byte), length of a finest slice, class, clock, newest slice of
 * backfill ahead of it, corrections that are due, timer, append time of the last batch, number and
 * note of the open slice, numbers of blocks, work, open slice. When the length of slices changes,
 * what was known is forgotten.
 */
final class AssetFeatures {
  static final int VERSION = 1;
  static final long NONE = Long.MIN_VALUE;
  static final long NO_TIMER = Long.MAX_VALUE;

  private final FeaturePlan plan;
  private final SliceStore store;
  private final OpenSlice open;
  private final WorkHistory work;
  private final RowMaker rows;
  private final SliceStats[] late;
  private final DataInputDeserializer in = new DataInputDeserializer();
  private final DataOutputSerializer out = new DataOutputSerializer(1_024);

  private String assetClass = "";
  private long clockMillis;
  private long lateFromMillis;
  private long lateUntilMillis;

  /** Number of the newest slice of backfill that is ahead of the clock; {@link #NONE} for none. */
  private long aheadUntil;

  private boolean backfill;

  /** Time of the registered timer; {@link #NO_TIMER} for none. */
  long timerMillis;

  /** Largest append time of a batch. */
  long lastAppendMillis;

  /** Readings used, not usable, and too far behind, since somebody asked. */
  long used;

  long unusable;
  long tooLate;

  AssetFeatures(FeaturePlan plan) {
    this.plan = plan;
    store = new SliceStore(plan);
    open = new OpenSlice(plan);
    work = new WorkHistory(plan.components);
    rows = new RowMaker(plan, store, work);
    late = new SliceStats[plan.series.length];
    for (int i = 0; i < late.length; i++) {
      late[i] = new SliceStats(plan.series[i]);
    }
  }

  /** Turns to an asset; {@code stored} is null when nothing is known of it. */
  void load(byte[] stored, SliceStore.Blocks blocks) throws Exception {
    store.begin(blocks);
    clear();
    if (stored == null) {
      return;
    }
    in.setBuffer(stored);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "Feature state has version "
              + version
              + ", but this build reads version "
              + VERSION
              + ". Deploy the newer release again, or restore an older savepoint.");
    }
    long sliceMillis = Fields.readVarLong(in);
    assetClass = Fields.readText(in);
    clockMillis = in.readLong();
    aheadUntil = in.readLong();
    lateFromMillis = in.readLong();
    lateUntilMillis = in.readLong();
    timerMillis = in.readLong();
    lastAppendMillis = in.readLong();
    long number = in.readLong();
    RowNote note = RowNote.read(in);
    store.readIndex(in);
    work.read(in);
    open.read(number, note, SliceBlock.read(plan, Fields.readBytes(in)));
    if (sliceMillis != plan.sliceMillis) {
      long timer = timerMillis;
      store.forget();
      clear();
      timerMillis = timer;
    }
  }

  private void clear() {
    assetClass = "";
    clockMillis = NONE;
    aheadUntil = NONE;
    lateFromMillis = Long.MAX_VALUE;
    lateUntilMillis = NONE;
    timerMillis = NO_TIMER;
    lastAppendMillis = NONE;
    open.begin(0);
    work.clear();
  }

  /** Writes changed blocks and returns the value to keep. */
  byte[] store() throws Exception {
    store.flush();
    DataOutputSerializer block = new DataOutputSerializer(512);
    open.toBlock().write(plan, block);
    out.clear();
    out.writeByte(VERSION);
    Fields.writeVarLong(plan.sliceMillis, out);
    Fields.writeText(assetClass, out);
    out.writeLong(clockMillis);
    out.writeLong(aheadUntil);
    out.writeLong(lateFromMillis);
    out.writeLong(lateUntilMillis);
    out.writeLong(timerMillis);
    out.writeLong(lastAppendMillis);
    out.writeLong(open.number);
    open.note.write(out);
    store.writeIndex(out);
    work.write(out);
    Fields.writeVarInt(block.length(), out);
    out.write(block.getSharedBuffer(), 0, block.length());
    return out.getCopyOfBuffer();
  }

  /** Removes all that is kept beside the value of {@link #store}. */
  void forget() throws Exception {
    store.forget();
  }

  /** Whether rows must be given again. */
  boolean owesCorrections() {
    return lateFromMillis != Long.MAX_VALUE;
  }

  /** Class of the asset as it was last named. */
  String assetClass() {
    return assetClass;
  }

  /**
   * Takes a batch of the asset that was loaded.
   *
   * @param isBackfill whether it came beside the telemetry that is in order
   */
  void onBatch(TelemetryBatch batch, boolean isBackfill, Consumer<FeatureRow> output)
      throws Exception {
    backfill = isBackfill;
    assetClass = batch.asset().assetClass();
    lastAppendMillis = Math.max(lastAppendMillis, batch.appendTimeMillis());
    rows.of(
        batch.asset(),
        batch.appendTimeMillis(),
        batch.backlog() ? FeatureRow.Kind.BACKLOG : FeatureRow.Kind.LIVE,
        output);
    List<Measurement> measurements = batch.measurements();
    List<FaultCode> faults = batch.faultCodes();
    List<MaintenanceEvent> works = batch.maintenanceEvents();
    List<OperatingStateChange> states = batch.operatingStateChanges();
    int m = 0;
    int f = 0;
    int w = 0;
    int s = 0;
    // In order of event time, whatever kind: the clock must not pass what comes after.
    while (true) {
      long measured = m < measurements.size() ? measurements.get(m).eventTimeMillis() : NO_TIMER;
      long raised = f < faults.size() ? faults.get(f).eventTimeMillis() : NO_TIMER;
      long done = w < works.size() ? works.get(w).eventTimeMillis() : NO_TIMER;
      long entered = s < states.size() ? states.get(s).eventTimeMillis() : NO_TIMER;
      long next = Math.min(Math.min(measured, raised), Math.min(done, entered));
      if (next == NO_TIMER) {
        return;
      }
      if (done == next) {
        onWork(works.get(w++));
      } else if (entered == next) {
        onState(states.get(s++));
      } else if (raised == next) {
        onFault(faults.get(f++));
      } else {
        onReading(measurements.get(m++));
      }
    }
  }

  private void onReading(Measurement reading) throws Exception {
    Use[] uses = plan.uses(reading.channel());
    if (uses == null) {
      return;
    }
    double value = reading.value();
    if (!(Math.abs(value) <= ExactSum.LARGEST)) {
      unusable++;
      return;
    }
    if (isInTime(reading.eventTimeMillis(), false)) {
      for (Use use : uses) {
        add(use, reading.eventTimeMillis(), value);
      }
      used++;
    }
  }

  private void onFault(FaultCode fault) throws Exception {
    if (plan.looksAtFaultCodes()
        && isInTime(fault.eventTimeMillis(), plan.changesOn(Change.FAULT_CODE))) {
      addEvent(plan.faultCode(""), fault.eventTimeMillis());
      if (!fault.code().isEmpty()) {
        addEvent(plan.faultCode(fault.code()), fault.eventTimeMillis());
      }
    }
  }

  private void onState(OperatingStateChange change) throws Exception {
    int place = plan.entered(change.state());
    boolean start = change.state() == OperatingStateChange.State.RUNNING;
    boolean changes = plan.changesOn(Change.OPERATING_STATE);
    if ((place >= 0 || changes || start && !plan.components.isEmpty())
        && isInTime(change.eventTimeMillis(), changes)) {
      addEvent(place, change.eventTimeMillis());
      if (start) {
        work.onStart(change.eventTimeMillis());
      }
    }
  }

  private void onWork(MaintenanceEvent event) throws Exception {
    boolean changes = plan.changesOn(Change.MAINTENANCE);
    boolean watched =
        event.kind() != MaintenanceEvent.Kind.INSPECTED && work.isWatched(event.component());
    if ((watched || changes) && isInTime(event.eventTimeMillis(), changes) && watched) {
      work.onWork(event.component(), event.eventTimeMillis());
    }
  }

  private void addEvent(int place, long millis) throws Exception {
    if (place >= 0) {
      add(plan.events[place], millis, 1);
    }
  }

  private void add(Use use, long millis, double value) throws Exception {
    long number = Math.floorDiv(millis, plan.sliceMillis);
    if (number == open.number && clockMillis != NONE) {
      open.add(use, millis, value);
    } else {
      store.addLate(use, number, millis, value, late[use.place()]);
    }
  }

  /**
   * Moves the clock to an item, or notes that it is late.
   *
   * @param changes whether it makes a row between periods
   * @return false when it is too late to be used
   */
  private boolean isInTime(long millis, boolean changes) throws Exception {
    long number = Math.floorDiv(millis, plan.sliceMillis);
    if (backfill && (clockMillis == NONE || number > open.number)) {
      store.note(number, store.note(number).and(changes));
      aheadUntil = Math.max(aheadUntil, number);
      return true;
    }
    if (clockMillis == NONE) {
      clockMillis = millis;
      begin(Long.MIN_VALUE, number);
    } else if (number > open.number) {
      advance(number);
    } else if (number < open.number) {
      if (millis < clockMillis - plan.correctionsMillis) {
        tooLate++;
        return false;
      }
      noteLate(number, millis, changes);
      return true;
    }
    clockMillis = backfill ? clockMillis : Math.max(clockMillis, millis);
    open.note = open.note.and(changes);
    return true;
  }

  private void noteLate(long number, long millis, boolean changes) throws Exception {
    store.note(number, store.note(number).and(changes));
    lateFromMillis = Math.min(lateFromMillis, millis);
    lateUntilMillis = Math.max(lateUntilMillis, millis);
  }

  /** Closes the open slice and gives the rows that are due up to a later one. */
  private void advance(long number) throws Exception {
    long end = (open.number + 1) * plan.sliceMillis;
    long periodEnd = -Math.floorDiv(-end, plan.periodMillis) * plan.periodMillis;
    boolean periodOver = periodEnd <= number * plan.sliceMillis;
    if (periodOver) {
      correct();
    }
    open.close(store);
    boolean rowAtEnd = open.note.changed() || end == periodEnd && periodOver;
    store.note(open.number, rowAtEnd ? open.note.givenOnceMore() : open.note);
    if (rowAtEnd) {
      rows.give(end);
    }
    if (periodOver && end != periodEnd) {
      long last = periodEnd / plan.sliceMillis - 1;
      store.note(last, store.note(last).givenOnceMore());
      rows.give(periodEnd);
    }
    clockMillis = number * plan.sliceMillis;
    begin(open.number + 1, number);
    store.age(clockMillis);
    work.settle(clockMillis - plan.correctionsMillis - 2 * plan.periodMillis);
  }

  /**
   * Opens a slice. What backfill has brought in front of it is late from now on.
   *
   * @param from the first slice that was not closed before
   */
  private void begin(long from, long number) throws Exception {
    if (aheadUntil == NONE) {
      open.begin(number);
      return;
    }
    TreeMap<Long, RowNote> passed = store.notes(from, number);
    open.begin(number, store);
    if (!passed.isEmpty()) {
      lateFromMillis = Math.min(lateFromMillis, passed.firstKey() * plan.sliceMillis);
      lateUntilMillis = Math.max(lateUntilMillis, number * plan.sliceMillis);
      correct();
    }
    aheadUntil = aheadUntil <= number ? NONE : aheadUntil;
  }

  /** Gives rows again that late readings have changed, for the asset that was loaded. */
  void correct(AssetRef asset, long computedAtMillis, Consumer<FeatureRow> output)
      throws Exception {
    rows.of(asset, computedAtMillis, FeatureRow.Kind.CORRECTED, output);
    correct();
  }

  private void correct() throws Exception {
    if (owesCorrections()) {
      rows.correct(lateFromMillis, lateUntilMillis, open.number);
      lateFromMillis = Long.MAX_VALUE;
      lateUntilMillis = NONE;
    }
  }
}
