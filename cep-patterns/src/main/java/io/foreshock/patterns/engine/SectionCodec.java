package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.DeweyNumber;
import org.apache.flink.cep.nfa.DeweyNumber.DeweyNumberSerializer;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferEdge;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNodeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.StringValue;

/**
 * Bytes of the open matches of one pattern and asset: states and stages by number, times as
 * distance from a base.
 *
 * <pre>
 * base            8 bytes, the time that others are relative to
 * open            count, then per match: state + 1, entry?, version, start time, time of the last
 *                 signal, id of the first signal; for the start state: 0, number of its next match
 * completed       the same; complete, but held back by an earlier open match
 * entries         count, then per entry: id of the signal, stage, references, edges (references,
 *                 entry?, version)
 * signals at time count, then per time: time, number of signals seen
 * signals         count, then per signal: id, references, length, format, body
 * </pre>
 *
 * <p>The order within the open matches is that of the queue's array, so that reading and writing
 * never reorders equals.
 */
final class SectionCodec {

  private final DataOutputSerializer scratch = new DataOutputSerializer(256);
  private final DataInputDeserializer scratchIn = new DataInputDeserializer();
  private final SharedBufferNodeSerializer nodes = new SharedBufferNodeSerializer();
  private final RefCounts refCounts = new RefCounts();

  void write(
      NFAState state, MatchBuffer buffer, StateGraph graph, long base, DataOutputSerializer out)
      throws IOException {
    out.writeLong(base);
    writeMatches(state.getPartialMatches(), graph, base, out);
    writeMatches(state.getCompletedMatches(), graph, base, out);
    Map<NodeId, Lockable<SharedBufferNode>> entries = buffer.entries().map();
    Fields.writeVarInt(entries.size(), out);
    for (Map.Entry<NodeId, Lockable<SharedBufferNode>> entry : entries.entrySet()) {
      writeNodeId(entry.getKey(), graph, base, out);
      Fields.writeVarInt(refCounts.of(entry.getValue()), out);
      writeEdges(entry.getValue().getElement(), graph, base, out);
    }
    Map<Long, Integer> counts = buffer.counts().map();
    Fields.writeVarInt(counts.size(), out);
    for (Map.Entry<Long, Integer> count : counts.entrySet()) {
      Packed.writeSigned(count.getKey() - base, out);
      Fields.writeVarInt(count.getValue(), out);
    }
    buffer.events().write(out, scratch, base);
  }

  /**
   * Fills the empty buffer.
   *
   * @param bytes what {@code in} reads from; must not change while the buffer is in use
   * @param mayStart false leaves the start state out, so that no match is opened
   */
  NFAState read(
      DataInputDeserializer in,
      byte[] bytes,
      AssetRef asset,
      MatchBuffer buffer,
      StateGraph graph,
      boolean mayStart)
      throws IOException {
    long base = in.readLong();
    List<ComputationState> open = new ArrayList<>();
    Queue<ComputationState> completed = new PriorityQueue<>(NFAState.COMPUTATION_STATE_COMPARATOR);
    readMatches(open, in, graph, base, mayStart);
    readMatches(completed, in, graph, base, mayStart);
    Map<NodeId, Lockable<SharedBufferNode>> entries = buffer.entries().map();
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      NodeId id = readNodeId(in, graph, base);
      int refs = Fields.readVarInt(in);
      SharedBufferNode node = new SharedBufferNode();
      readEdges(node.getEdges(), in, graph, base);
      entries.put(id, new Lockable<>(node, refs));
    }
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      long time = base + Packed.readSigned(in);
      buffer.counts().put(time, Fields.readVarInt(in));
    }
    buffer.events().read(in, bytes, asset, base);
    return new OpenMatchState(open, completed);
  }

  private void writeMatches(
      Queue<ComputationState> matches, StateGraph graph, long base, DataOutputSerializer out)
      throws IOException {
    Fields.writeVarInt(matches.size(), out);
    for (ComputationState match : matches) {
      if (match.getStartEventID() == null) {
        Fields.writeVarInt(0, out);
        Fields.writeVarInt(match.getVersion().getRun(), out);
        continue;
      }
      Fields.writeVarInt(graph.index(match.getCurrentStateName()) + 1, out);
      writeNodeId(match.getPreviousBufferEntry(), graph, base, out);
      writeVersion(match.getVersion(), out);
      Packed.writeSigned(match.getStartTimestamp() - base, out);
      Packed.writeSigned(match.getPreviousTimestamp() - base, out);
      Packed.writeEventId(match.getStartEventID(), base, out);
    }
  }

  private void readMatches(
      Collection<ComputationState> matches,
      DataInputDeserializer in,
      StateGraph graph,
      long base,
      boolean mayStart)
      throws IOException {
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      int state = Fields.readVarInt(in) - 1;
      if (state < 0) {
        DeweyNumber next = new DeweyNumber(Fields.readVarInt(in));
        if (mayStart) {
          matches.add(ComputationState.createStartState(graph.name(graph.start()), next));
        }
        continue;
      }
      NodeId entry = readNodeId(in, graph, base);
      DeweyNumber version = readVersion(in);
      long startTime = base + Packed.readSigned(in);
      long previousTime = base + Packed.readSigned(in);
      EventId startId = Packed.readEventId(in, base);
      matches.add(
          ComputationState.createState(
              graph.name(state), entry, version, startTime, previousTime, startId));
    }
  }

  private static void writeNodeId(NodeId id, StateGraph graph, long base, DataOutputSerializer out)
      throws IOException {
    if (id == null) {
      Fields.writeVarInt(0, out);
      return;
    }
    Fields.writeVarInt(graph.pageIndex(id.getPageName()) + 1, out);
    Packed.writeEventId(id.getEventId(), base, out);
  }

  private static NodeId readNodeId(DataInputDeserializer in, StateGraph graph, long base)
      throws IOException {
    int page = Fields.readVarInt(in);
    return page == 0 ? null : new NodeId(Packed.readEventId(in, base), graph.page(page - 1));
  }

  /** Edges keep their ends to flink-cep's package; its public serializer tells them. */
  private void writeEdges(
      SharedBufferNode node, StateGraph graph, long base, DataOutputSerializer out)
      throws IOException {
    scratch.clear();
    nodes.serialize(node, scratch);
    scratchIn.setBuffer(scratch.getSharedBuffer(), 0, scratch.length());
    int edges = scratchIn.readInt();
    Fields.writeVarInt(edges, out);
    for (int i = 0; i < edges; i++) {
      Fields.writeVarInt(scratchIn.readInt(), out);
      if (scratchIn.readByte() == 0) {
        Fields.writeVarInt(0, out);
      } else {
        int id = scratchIn.readInt();
        long timestamp = scratchIn.readLong();
        Fields.writeVarInt(graph.pageIndex(StringValue.readString(scratchIn)) + 1, out);
        Packed.writeSigned(timestamp - base, out);
        Fields.writeVarInt(id, out);
      }
      copyVersion(scratchIn, out);
    }
  }

  private void readEdges(
      List<Lockable<SharedBufferEdge>> edges, DataInputDeserializer in, StateGraph graph, long base)
      throws IOException {
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      int refs = Fields.readVarInt(in);
      NodeId target = readNodeId(in, graph, base);
      edges.add(new Lockable<>(new SharedBufferEdge(target, readVersion(in)), refs));
    }
  }

  private void writeVersion(DeweyNumber version, DataOutputSerializer out) throws IOException {
    scratch.clear();
    DeweyNumberSerializer.INSTANCE.serialize(version, scratch);
    scratchIn.setBuffer(scratch.getSharedBuffer(), 0, scratch.length());
    copyVersion(scratchIn, out);
  }

  private static void copyVersion(DataInputDeserializer from, DataOutputSerializer out)
      throws IOException {
    int length = from.readInt();
    Fields.writeVarInt(length, out);
    for (int i = 0; i < length; i++) {
      Fields.writeVarInt(from.readInt(), out);
    }
  }

  private DeweyNumber readVersion(DataInputDeserializer in) throws IOException {
    int length = Fields.readVarInt(in);
    if (length == 1) {
      return new DeweyNumber(Fields.readVarInt(in));
    }
    scratch.clear();
    scratch.writeInt(length);
    for (int i = 0; i < length; i++) {
      scratch.writeInt(Fields.readVarInt(in));
    }
    scratchIn.setBuffer(scratch.getSharedBuffer(), 0, scratch.length());
    return DeweyNumberSerializer.INSTANCE.deserialize(scratchIn);
  }
}
