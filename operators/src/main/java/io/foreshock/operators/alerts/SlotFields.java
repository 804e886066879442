package io.foreshock.operators.alerts;

import io.foreshock.model.Alert;
import io.foreshock.model.Command;
import io.foreshock.model.Detection.Severity;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** State form of a {@link Slot}; its version is that of {@link AssetAlertsSerializer}. */
final class SlotFields {
  private static final Severity[] SEVERITIES = Severity.values();
  private static final Alert.State[] STATES = Alert.State.values();
  private static final Command.Action[] ACTIONS = Command.Action.values();

  private SlotFields() {}

  static void write(Slot slot, DataOutputView out) throws IOException {
    Fields.writeText(slot.component, out);
    Fields.writeText(slot.failureMode, out);
    Fields.writeText(slot.cause, out);
    writeSeen(slot.seen, out);
    writeCore(slot.base, out);
    Fields.writeList(slot.tail, SlotFields::writeEvent, out);
    writeTold(slot.told, out);
    Fields.writeVarLong(slot.revision, out);
    out.writeLong(slot.written);
    out.writeLong(slot.dueAt);
  }

  static Slot read(DataInputView in) throws IOException {
    Slot slot =
        new Slot(Fields.readText(in), Fields.readText(in), Fields.readText(in), readSeen(in));
    slot.base = readCore(in);
    slot.tail.addAll(Fields.readList(SlotFields::readEvent, in));
    slot.told = readTold(in);
    slot.revision = Fields.readVarLong(in);
    slot.written = in.readLong();
    slot.dueAt = in.readLong();
    return slot;
  }

  static void writeSeen(SeenIds seen, DataOutputView out) throws IOException {
    Fields.writeVarInt(seen.size(), out);
    Fields.writeVarInt(seen.next(), out);
    for (int i = 0; i < seen.size(); i++) {
      out.writeLong(seen.at(i));
    }
  }

  static SeenIds readSeen(DataInputView in) throws IOException {
    int size = Fields.readVarInt(in);
    int next = Fields.readVarInt(in);
    long[] hashes =
        new long[Math.min(SeenIds.CAPACITY, Math.max(8, Integer.highestOneBit(size) * 2))];
    for (int i = 0; i < size; i++) {
      hashes[i] = in.readLong();
    }
    return new SeenIds(hashes, size, next);
  }

  private static void writeCore(AlertCore core, DataOutputView out) throws IOException {
    out.writeLong(core.time);
    out.writeByte(core.state == null ? -1 : core.state.ordinal());
    Fields.writeVarInt(core.occurrence, out);
    out.writeBoolean(core.hushed);
    out.writeLong(core.beganAt);
    out.writeLong(core.closedAt);
    out.writeBoolean(core.falseAlarm);
    Fields.writeText(core.acknowledgedBy, out);
    Fields.writeText(core.comment, out);
    out.writeByte(core.severity.ordinal());
    out.writeLong(core.severityAt);
    out.writeLong(core.lastAt);
    writeFacts(core.facts, out);
    writeRecorded(core.recorded, out);
    writePaging(core.paging, out);
    Fields.writeList(core.returns, (at, view) -> view.writeLong(at), out);
    out.writeBoolean(core.flapping);
    Fields.writeList(core.history, SlotFields::writeTransition, out);
    Fields.writeVarLong(core.droppedHistory, out);
  }

  private static AlertCore readCore(DataInputView in) throws IOException {
    AlertCore core = new AlertCore();
    core.time = in.readLong();
    int state = in.readByte();
    core.state = state < 0 ? null : STATES[state];
    core.occurrence = Fields.readVarInt(in);
    core.hushed = in.readBoolean();
    core.beganAt = in.readLong();
    core.closedAt = in.readLong();
    core.falseAlarm = in.readBoolean();
    core.acknowledgedBy = Fields.readText(in);
    core.comment = Fields.readText(in);
    core.severity = SEVERITIES[in.readUnsignedByte()];
    core.severityAt = in.readLong();
    core.lastAt = in.readLong();
    core.facts = readFacts(in);
    core.recorded = readRecorded(in);
    core.paging = readPaging(in);
    core.returns.addAll(Fields.readList(DataInputView::readLong, in));
    core.flapping = in.readBoolean();
    core.history.addAll(Fields.readList(SlotFields::readTransition, in));
    core.droppedHistory = Fields.readVarLong(in);
    return core;
  }

  private static void writeFacts(DetectionFacts facts, DataOutputView out) throws IOException {
    out.writeLong(facts.firstSeenMillis);
    out.writeLong(facts.lastSeenMillis);
    Fields.writeVarLong(facts.horizonMillis, out);
    Fields.writeVarLong(facts.count, out);
    Fields.writeList(facts.newest, SlotFields::writeSeenDetection, out);
    out.writeBoolean(facts.best != null);
    if (facts.best != null) {
      writeEvent(facts.best, out);
    }
  }

  private static DetectionFacts readFacts(DataInputView in) throws IOException {
    DetectionFacts facts = new DetectionFacts();
    facts.firstSeenMillis = in.readLong();
    facts.lastSeenMillis = in.readLong();
    facts.horizonMillis = Fields.readVarLong(in);
    facts.count = Fields.readVarLong(in);
    facts.newest.addAll(Fields.readList(SlotFields::readSeenDetection, in));
    facts.best = in.readBoolean() ? readEvent(in) : null;
    return facts;
  }

  private static void writeSeenDetection(DetectionFacts.Seen seen, DataOutputView out)
      throws IOException {
    out.writeLong(seen.eventTimeMillis());
    Fields.writeText(seen.id(), out);
  }

  private static DetectionFacts.Seen readSeenDetection(DataInputView in) throws IOException {
    return new DetectionFacts.Seen(in.readLong(), Fields.readText(in));
  }

  private static void writeRecorded(RecordedFacts recorded, DataOutputView out) throws IOException {
    Fields.writeVarLong(recorded.count(), out);
    out.writeLong(recorded.firstMillis());
    out.writeLong(recorded.lastMillis());
    writeSeverity(recorded.severity(), out);
  }

  private static RecordedFacts readRecorded(DataInputView in) throws IOException {
    return new RecordedFacts(
        Fields.readVarLong(in), in.readLong(), in.readLong(), readSeverity(in));
  }

  private static void writePaging(Paging paging, DataOutputView out) throws IOException {
    Fields.writeVarInt(paging.step, out);
    Fields.writeVarInt(paging.repeat, out);
    out.writeLong(paging.nextAt);
    Fields.writeVarInt(paging.nextStep, out);
    out.writeLong(paging.anchorAt);
    out.writeLong(paging.lastAt);
  }

  private static Paging readPaging(DataInputView in) throws IOException {
    Paging paging = new Paging();
    paging.step = Fields.readVarInt(in);
    paging.repeat = Fields.readVarInt(in);
    paging.nextAt = in.readLong();
    paging.nextStep = Fields.readVarInt(in);
    paging.anchorAt = in.readLong();
    paging.lastAt = in.readLong();
    return paging;
  }

  private static void writeTransition(Alert.Transition transition, DataOutputView out)
      throws IOException {
    out.writeByte(transition.state().ordinal());
    out.writeLong(transition.atMillis());
    writeSeverity(transition.severity(), out);
    Fields.writeText(transition.by(), out);
    Fields.writeText(transition.comment(), out);
    Fields.writeText(transition.cause(), out);
  }

  private static Alert.Transition readTransition(DataInputView in) throws IOException {
    return new Alert.Transition(
        STATES[in.readUnsignedByte()],
        in.readLong(),
        readSeverity(in),
        Fields.readText(in),
        Fields.readText(in),
        Fields.readText(in));
  }

  private static void writeEvent(AlertEvent event, DataOutputView out) throws IOException {
    out.writeLong(event.atMillis());
    Fields.writeText(event.id(), out);
    out.writeByte(event.action() == null ? -1 : event.action().ordinal());
    out.writeLong(event.notBeforeMillis());
    out.writeLong(event.eventTimeMillis());
    writeSeverity(event.severity(), out);
    Fields.writeText(event.pattern(), out);
    Fields.writeVarInt(event.patternVersion(), out);
    Fields.writeVarLong(event.horizonMillis(), out);
    Fields.writeText(event.comment(), out);
  }

  private static AlertEvent readEvent(DataInputView in) throws IOException {
    long at = in.readLong();
    String id = Fields.readText(in);
    int action = in.readByte();
    return new AlertEvent(
        at,
        id,
        action < 0 ? null : ACTIONS[action],
        in.readLong(),
        in.readLong(),
        readSeverity(in),
        Fields.readText(in),
        Fields.readVarInt(in),
        Fields.readVarLong(in),
        Fields.readText(in));
  }

  private static void writeSeverity(Severity severity, DataOutputView out) throws IOException {
    out.writeByte(severity == null ? -1 : severity.ordinal());
  }

  private static Severity readSeverity(DataInputView in) throws IOException {
    int ordinal = in.readByte();
    return ordinal < 0 ? null : SEVERITIES[ordinal];
  }

  private static void writeTold(Told told, DataOutputView out) throws IOException {
    out.writeBoolean(told.open);
    Fields.writeVarInt(told.occurrence, out);
    out.writeByte(told.severity);
    Fields.writeVarInt(told.step, out);
    Fields.writeVarInt(told.repeat, out);
    out.writeBoolean(told.acknowledged);
    out.writeBoolean(told.flapping);
    Fields.writeVarInt(told.messages, out);
  }

  private static Told readTold(DataInputView in) throws IOException {
    Told told = new Told();
    told.open = in.readBoolean();
    told.occurrence = Fields.readVarInt(in);
    told.severity = in.readByte();
    told.step = Fields.readVarInt(in);
    told.repeat = Fields.readVarInt(in);
    told.acknowledged = in.readBoolean();
    told.flapping = in.readBoolean();
    told.messages = Fields.readVarInt(in);
    return told;
  }
}
