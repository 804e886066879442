package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.state.Fields;
import io.foreshock.state.SignalSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The signals that open matches of one pattern and asset hold. A signal is decoded when it is asked
 * for and written back as the bytes it came from.
 */
final class EventStore implements MapState<EventId, Lockable<Signal>> {

  /** Form of {@link SignalSerializer#writeBody}; stands in front of each signal. */
  private static final int SIGNAL_FORMAT = 1;

  private static final int LARGE = 256;

  private static final class Slot {
    int refs;
    int offset;
    int length;
    Signal decoded;
    Lockable<Signal> live;
  }

  private final RefCounts refCounts = new RefCounts();
  private final DataInputDeserializer in = new DataInputDeserializer();
  private Map<EventId, Slot> slots = new LinkedHashMap<>();
  private byte[] source;
  private AssetRef asset;

  int size() {
    return slots.size();
  }

  /**
   * Time at which the last of the signals was matched; the beginning of time when there is none.
   */
  long latest() {
    long latest = Long.MIN_VALUE;
    for (EventId id : slots.keySet()) {
      latest = Math.max(latest, id.getTimestamp());
    }
    return latest;
  }

  /**
   * @param source bytes that the signals stand in; not changed while they are in use
   */
  void read(DataInputDeserializer section, byte[] source, AssetRef asset, long base)
      throws IOException {
    this.source = source;
    this.asset = asset;
    int count = Fields.readVarInt(section);
    for (int i = 0; i < count; i++) {
      EventId id = Packed.readEventId(section, base);
      Slot slot = new Slot();
      slot.refs = Fields.readVarInt(section);
      slot.length = Fields.readVarInt(section);
      slot.offset = section.getPosition();
      section.skipBytesToRead(slot.length);
      slots.put(id, slot);
    }
  }

  void write(DataOutputSerializer out, DataOutputSerializer scratch, long base) throws IOException {
    Fields.writeVarInt(slots.size(), out);
    for (Map.Entry<EventId, Slot> entry : slots.entrySet()) {
      Slot slot = entry.getValue();
      Packed.writeEventId(entry.getKey(), base, out);
      Fields.writeVarInt(slot.live == null ? slot.refs : refCounts.of(slot.live), out);
      if (slot.length > 0) {
        Fields.writeVarInt(slot.length, out);
        out.write(source, slot.offset, slot.length);
      } else {
        scratch.clear();
        scratch.writeByte(SIGNAL_FORMAT);
        SignalSerializer.writeBody(slot.live.getElement(), scratch);
        Fields.writeVarInt(scratch.length(), out);
        out.write(scratch.getSharedBuffer(), 0, scratch.length());
      }
    }
  }

  @Override
  public Lockable<Signal> get(EventId id) throws IOException {
    Slot slot = slots.get(id);
    if (slot == null) {
      return null;
    }
    if (slot.live == null) {
      in.setBuffer(source, slot.offset, slot.length);
      int format = in.readUnsignedByte();
      if (format != SIGNAL_FORMAT) {
        throw new IOException(
            "A signal in state has format "
                + format
                + ", but this release reads format "
                + SIGNAL_FORMAT
                + ". Deploy the release that wrote the state, or restore an older savepoint.");
      }
      slot.decoded = SignalSerializer.readBody(asset, in);
      slot.live = new Lockable<>(slot.decoded, slot.refs);
    }
    return slot.live;
  }

  @Override
  public void put(EventId id, Lockable<Signal> event) {
    Slot slot = slots.computeIfAbsent(id, absent -> new Slot());
    slot.live = event;
    if (slot.decoded != event.getElement()) {
      slot.length = 0;
    }
  }

  @Override
  public void putAll(Map<EventId, Lockable<Signal>> events) {
    for (Map.Entry<EventId, Lockable<Signal>> event : events.entrySet()) {
      put(event.getKey(), event.getValue());
    }
  }

  @Override
  public void remove(EventId id) {
    slots.remove(id);
  }

  @Override
  public boolean contains(EventId id) {
    return slots.containsKey(id);
  }

  @Override
  public Iterable<EventId> keys() {
    return slots.keySet();
  }

  @Override
  public Iterable<Map.Entry<EventId, Lockable<Signal>>> entries() throws IOException {
    List<Map.Entry<EventId, Lockable<Signal>>> entries = new ArrayList<>(slots.size());
    for (EventId id : slots.keySet()) {
      entries.add(Map.entry(id, get(id)));
    }
    return entries;
  }

  @Override
  public Iterable<Lockable<Signal>> values() throws IOException {
    List<Lockable<Signal>> values = new ArrayList<>(slots.size());
    for (EventId id : slots.keySet()) {
      values.add(get(id));
    }
    return values;
  }

  @Override
  public Iterator<Map.Entry<EventId, Lockable<Signal>>> iterator() throws IOException {
    return entries().iterator();
  }

  @Override
  public boolean isEmpty() {
    return slots.isEmpty();
  }

  @Override
  public void clear() {
    if (slots.size() > LARGE) {
      slots = new LinkedHashMap<>();
    } else {
      slots.clear();
    }
    source = null;
    asset = null;
    in.releaseArrays();
  }
}
