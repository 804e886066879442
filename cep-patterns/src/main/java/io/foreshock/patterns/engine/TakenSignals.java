package io.foreshock.patterns.engine;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;
import io.foreshock.state.Fields;
import io.foreshock.state.SignalSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The signals that open matches of one pattern and asset hold, in the order in which they came. A
 * signal is decoded when it is asked for and written back as the bytes it came from.
 */
final class TakenSignals {

  /** Form of {@link SignalSerializer#writeBody}; stands in front of each signal. */
  private static final int SIGNAL_FORMAT = 1;

  private final DataInputDeserializer in = new DataInputDeserializer();
  private long[] times = new long[16];
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private Signal[] decoded = new Signal[16];
  private int size;
  private byte[] source;
  private AssetRef asset;

  int size() {
    return size;
  }

  /** Time at which a signal was matched. */
  long time(int signal) {
    return times[signal];
  }

  /** Time at which the last of them was matched; the beginning of time when there is none. */
  long latest() {
    return size == 0 ? Long.MIN_VALUE : times[size - 1];
  }

  /**
   * @param source bytes that the signals stand in; not changed while they are in use
   */
  void begin(byte[] source, AssetRef asset) {
    this.source = source;
    this.asset = asset;
  }

  int add(Signal signal, long time) {
    int number = slot(time);
    decoded[number] = signal;
    lengths[number] = 0;
    return number;
  }

  /** A signal that stands in the bytes. */
  void addStored(long time, int offset, int length) {
    int number = slot(time);
    offsets[number] = offset;
    lengths[number] = length;
  }

  private int slot(long time) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      offsets = Arrays.copyOf(offsets, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
      decoded = Arrays.copyOf(decoded, 2 * size);
    }
    times[size] = time;
    return size++;
  }

  Signal get(int signal) {
    if (decoded[signal] == null) {
      try {
        decoded[signal] = decode(signal);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return decoded[signal];
  }

  private Signal decode(int signal) throws IOException {
    in.setBuffer(source, offsets[signal], lengths[signal]);
    checkFormat(in.readUnsignedByte());
    return SignalSerializer.readBody(asset, in);
  }

  static void checkFormat(int format) throws IOException {
    if (format != SIGNAL_FORMAT) {
      throw new IOException(
          "A signal in state has format "
              + format
              + ", but this release reads format "
              + SIGNAL_FORMAT
              + ". Deploy the release that wrote the state, or restore an older savepoint.");
    }
  }

  /** Writes length and bytes of a signal. */
  void write(int signal, DataOutputSerializer out, DataOutputSerializer scratch)
      throws IOException {
    if (lengths[signal] > 0) {
      Fields.writeVarInt(lengths[signal], out);
      out.write(source, offsets[signal], lengths[signal]);
      return;
    }
    scratch.clear();
    scratch.writeByte(SIGNAL_FORMAT);
    SignalSerializer.writeBody(decoded[signal], scratch);
    Fields.writeVarInt(scratch.length(), out);
    out.write(scratch.getSharedBuffer(), 0, scratch.length());
  }

  /** Leaves the signals that have a new number. */
  void compact(int[] newNumbers) {
    int kept = 0;
    for (int signal = 0; signal < size; signal++) {
      if (newNumbers[signal] >= 0) {
        times[kept] = times[signal];
        offsets[kept] = offsets[signal];
        lengths[kept] = lengths[signal];
        decoded[kept++] = decoded[signal];
      }
    }
    Arrays.fill(decoded, kept, size, null);
    size = kept;
  }

  void clear() {
    Arrays.fill(decoded, 0, size, null);
    size = 0;
    source = null;
    asset = null;
    in.releaseArrays();
  }
}
