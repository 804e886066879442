package io.foreshock.backtest.history;

import io.foreshock.backtest.history.mapping.EventColumns.Kind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One row: what one asset measured or told at one time. Assets and channels are numbers of {@link
 * HistoryNames}.
 *
 * @param millis event time
 * @param asset number of the asset
 * @param channels numbers of the channels, one for each value
 * @param values in the unit of the channel
 * @param events what was told
 */
record HistoryRow(long millis, int asset, int[] channels, double[] values, Event[] events) {
  static final Event[] NO_EVENTS = {};

  /**
   * An event; empty texts for what is not stated.
   *
   * @param kind never a failure
   * @param what code, component or state
   * @param component part that a code blames
   * @param grade severity, or kind of maintenance, as the model's constant names it
   */
  record Event(Kind kind, String what, String component, String grade) {}

  void write(DataOutput out) throws IOException {
    out.writeLong(millis);
    out.writeInt(asset);
    out.writeShort(channels.length);
    for (int i = 0; i < channels.length; i++) {
      out.writeInt(channels[i]);
      out.writeDouble(values[i]);
    }
    out.writeByte(events.length);
    for (Event event : events) {
      out.writeByte(event.kind.ordinal());
      out.writeUTF(event.what);
      out.writeUTF(event.component);
      out.writeUTF(event.grade);
    }
  }

  static HistoryRow read(DataInput in) throws IOException {
    long millis = in.readLong();
    int asset = in.readInt();
    int[] channels = new int[in.readUnsignedShort()];
    double[] values = new double[channels.length];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = in.readInt();
      values[i] = in.readDouble();
    }
    int count = in.readUnsignedByte();
    Event[] events = count == 0 ? NO_EVENTS : new Event[count];
    for (int i = 0; i < count; i++) {
      events[i] =
          new Event(Kind.values()[in.readUnsignedByte()], in.readUTF(), in.readUTF(), in.readUTF());
    }
    return new HistoryRow(millis, asset, channels, values, events);
  }
}
