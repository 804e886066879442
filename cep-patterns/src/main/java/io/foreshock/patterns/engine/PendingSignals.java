package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.state.Fields;
import io.foreshock.state.SignalSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.Counter;

/**
 * Signals of assets that do not send in order, until their order is known. Appending reads nothing.
 *
 * <p>A signal is released when the asset's clock (its latest signal less the bound) has reached it,
 * or when the bound has passed on the ingest clock since it came, whichever is first: an asset that
 * falls silent holds nothing back. Both are looked at on the ticks of a timer, one bound apart, so
 * that a signal waits for one to two bounds of ingest time.
 *
 * <p>Of one asset at most {@link EngineRules#maxBufferedSignals} wait. One more, and the earlier
 * half is released, although earlier ones may yet come; these are late then. Whoever appends says
 * how many wait, or leaves it to the next tick.
 */
final class PendingSignals {

  private static final Comparator<Pending> BY_TIME =
      Comparator.comparingLong(pending -> pending.signal.eventTimeMillis());

  /**
   * @param arrival ingest time at which it came
   */
  record Pending(long arrival, Signal signal) {}

  private final long bound;
  private final int maxWaiting;
  private final ListState<byte[]> state;
  private final Counter bytesRead;
  private final Counter bytesWritten;
  private final Counter overflowed;
  private final DataOutputSerializer out = new DataOutputSerializer(128);
  private final DataInputDeserializer in = new DataInputDeserializer();

  PendingSignals(
      EngineRules rules,
      ListState<byte[]> state,
      Counter bytesRead,
      Counter bytesWritten,
      Counter overflowed) {
    this.overflowed = overflowed;
    this.bytesRead = bytesRead;
    this.bytesWritten = bytesWritten;
    this.bound = rules.disorderBound().toMillis();
    this.maxWaiting = rules.maxBufferedSignals();
    this.state = state;
  }

  /**
   * Keeps a signal.
   *
   * @return ingest time of the tick that may release it
   */
  long add(Signal signal, long arrival) throws Exception {
    out.clear();
    Fields.writeVarLong(Math.max(0, arrival), out);
    SignalSerializer.INSTANCE.serialize(signal, out);
    state.add(out.getCopyOfBuffer());
    bytesWritten.inc(out.length());
    return nextTick(arrival + bound);
  }

  /** How many signals of the current asset wait; reads them. */
  int count() throws Exception {
    int count = 0;
    Iterable<byte[]> stored = state.get();
    if (stored != null) {
      for (byte[] one : stored) {
        bytesRead.inc(one.length);
        count++;
      }
    }
    return count;
  }

  /** Whether so many are too many to wait. */
  boolean isTooMany(int count) {
    return count > maxWaiting;
  }

  boolean isTick(long time) {
    return Math.floorMod(time, bound) == 0;
  }

  private long nextTick(long time) {
    return Math.floorDiv(time + bound - 1, bound) * bound;
  }

  /**
   * Takes out what may go.
   *
   * @param now ingest time
   * @param kept receives what still waits
   * @return what may go, by event time; signals of one time in the order of their arrival
   */
  List<Signal> release(long now, List<Pending> kept) throws Exception {
    List<Pending> all = new ArrayList<>();
    Iterable<byte[]> stored = state.get();
    if (stored != null) {
      for (byte[] one : stored) {
        bytesRead.inc(one.length);
        all.add(read(one));
      }
    }
    all.sort(BY_TIME);
    long upTo = Long.MIN_VALUE;
    for (Pending pending : all) {
      long time = pending.signal.eventTimeMillis();
      upTo = Math.max(upTo, pending.arrival + bound <= now ? time : time - bound);
    }
    int due = 0;
    while (due < all.size() && all.get(due).signal.eventTimeMillis() <= upTo) {
      due++;
    }
    int going = due;
    if (all.size() - due > maxWaiting) {
      // Half, so that not each signal of a flood reads all the others.
      going = all.size() - maxWaiting / 2;
      overflowed.inc(going - due);
    }
    List<Signal> released = new ArrayList<>(going);
    for (int i = 0; i < going; i++) {
      released.add(all.get(i).signal);
    }
    kept.addAll(all.subList(going, all.size()));
    if (kept.isEmpty()) {
      state.clear();
    } else if (!released.isEmpty()) {
      state.update(write(kept));
    }
    return released;
  }

  /** Ingest time of the next tick, as long as something waits. */
  long tickAfter(long tick) {
    return tick + bound;
  }

  private Pending read(byte[] bytes) throws IOException {
    in.setBuffer(bytes);
    return new Pending(Fields.readVarLong(in), SignalSerializer.INSTANCE.deserialize(in));
  }

  private List<byte[]> write(List<Pending> kept) throws IOException {
    List<byte[]> bytes = new ArrayList<>(kept.size());
    for (Pending pending : kept) {
      out.clear();
      Fields.writeVarLong(Math.max(0, pending.arrival), out);
      SignalSerializer.INSTANCE.serialize(pending.signal, out);
      bytes.add(out.getCopyOfBuffer());
      bytesWritten.inc(out.length());
    }
    return bytes;
  }
}
