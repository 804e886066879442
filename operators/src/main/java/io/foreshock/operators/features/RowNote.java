package io.foreshock.operators.features;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is noted of a finest slice: whether a row is due because of it, and whether one was given at
 * its end.
 *
 * @param said whether the asset said something in it that the set looks at
 * @param changed whether something of the set's {@code onChange} happened in it
 * @param given how often a row of its end was given
 */
record RowNote(boolean said, boolean changed, int given) {
  static final RowNote NOTHING = new RowNote(false, false, 0);

  RowNote and(boolean nowChanged) {
    return new RowNote(true, changed || nowChanged, given);
  }

  RowNote givenOnceMore() {
    return new RowNote(said, changed, given + 1);
  }

  void write(DataOutputView out) throws IOException {
    out.writeByte((said ? 1 : 0) | (changed ? 2 : 0));
    Fields.writeVarInt(given, out);
  }

  static RowNote read(DataInputView in) throws IOException {
    int flags = in.readUnsignedByte();
    return new RowNote((flags & 1) != 0, (flags & 2) != 0, Fields.readVarInt(in));
  }
}
