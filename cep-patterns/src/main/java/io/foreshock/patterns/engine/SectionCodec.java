package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Bytes of the open matches of one pattern and asset: states and stages by number, signals and
 * links by their place.
 *
 * <pre>
 * signals    count, then per signal: time at which it was matched (the first as it is, the others
 *            as distance from the one before), length, format, body
 * links      count, then per link: stage, signal, distance to the link before or 0
 * open       count, then per match: state + 1 and last link; for the start state: 0
 * completed  the same; complete, but held back by an earlier open match
 * </pre>
 *
 * <p>The order within the open matches is that of {@link MatchQueue}'s array, so that reading and
 * writing never reorders equals.
 */
final class SectionCodec {

  private final DataOutputSerializer scratch = new DataOutputSerializer(256);

  /** Writes what {@link OpenMatches#compact} has left. */
  void write(OpenMatches matches, DataOutputSerializer out) throws IOException {
    TakenSignals signals = matches.signals;
    Fields.writeVarInt(signals.size(), out);
    long before = 0;
    for (int i = 0; i < signals.size(); i++) {
      Packed.writeSigned(signals.time(i) - before, out);
      before = signals.time(i);
      signals.write(i, out, scratch);
    }
    Links links = matches.links;
    Fields.writeVarInt(links.size(), out);
    for (int i = 0; i < links.size(); i++) {
      Fields.writeVarInt(links.stage(i), out);
      Fields.writeVarInt(links.signal(i), out);
      Fields.writeVarInt(links.previous(i) == Links.NONE ? 0 : i - links.previous(i), out);
    }
    write(matches.open, out);
    write(matches.completed, out);
  }

  private static void write(MatchQueue matches, DataOutputSerializer out) throws IOException {
    Fields.writeVarInt(matches.size(), out);
    for (int i = 0; i < matches.size(); i++) {
      if (matches.end(i) == MatchQueue.NO_LINK) {
        Fields.writeVarInt(0, out);
      } else {
        Fields.writeVarInt(matches.state(i) + 1, out);
        Fields.writeVarInt(matches.end(i), out);
      }
    }
  }

  /**
   * @param bytes what {@code in} reads from; must not change while the matches are in use
   * @param mayStart false leaves the start state out, so that no match is opened; true adds it if
   *     it was left out
   */
  void read(
      DataInputDeserializer in,
      byte[] bytes,
      AssetRef asset,
      OpenMatches matches,
      StateGraph graph,
      boolean mayStart)
      throws IOException {
    TakenSignals signals = matches.signals;
    signals.begin(bytes, asset);
    long time = 0;
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      time += Packed.readSigned(in);
      int length = Fields.readVarInt(in);
      signals.addStored(time, in.getPosition(), check(length, bytes.length + 1));
      in.skipBytesToRead(length);
    }
    Links links = matches.links;
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      int stage = check(Fields.readVarInt(in), graph.pages());
      int signal = check(Fields.readVarInt(in), signals.size());
      int back = check(Fields.readVarInt(in), links.size() + 1);
      links.add(stage, signal, back == 0 ? Links.NONE : links.size() - back);
    }
    boolean starts = read(in, matches.open, links, graph, mayStart);
    if (mayStart && !starts) {
      // Written while its version was retired, and kept by a live one since. It comes last.
      matches.open.append(graph.start(), MatchQueue.NO_LINK);
    }
    read(in, matches.completed, links, graph, mayStart);
  }

  /** Tells whether the start state is among the matches now. */
  private static boolean read(
      DataInputDeserializer in, MatchQueue matches, Links links, StateGraph graph, boolean mayStart)
      throws IOException {
    boolean starts = false;
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      int state = Fields.readVarInt(in) - 1;
      if (state >= 0) {
        matches.append(check(state, graph.size()), check(Fields.readVarInt(in), links.size()));
      } else if (mayStart) {
        matches.append(graph.start(), MatchQueue.NO_LINK);
        starts = true;
      }
    }
    return starts;
  }

  private static int check(int number, int limit) throws IOException {
    if (number < 0 || number >= limit) {
      throw new IOException(
          "Pattern state refers to number "
              + number
              + " of "
              + limit
              + ": it is damaged. Restore an older savepoint.");
    }
    return number;
  }
}
