package io.foreshock.operators.features;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A stretch of running, as far as it is known: the part of a session inside some slices. */
final class RunPiece {
  long startMillis;
  long endMillis;

  /** Mean of the measured channel in the first and in the last finest slice; NaN for none. */
  double firstValue;

  double lastValue;

  /** Integral of the measured channel, in unit times hours. */
  final ExactSum energy = new ExactSum();

  long durationMillis() {
    return endMillis - startMillis;
  }

  void set(long start, long end, double value) {
    startMillis = start;
    endMillis = end;
    firstValue = value;
    lastValue = value;
    energy.clear();
  }

  void set(RunPiece other) {
    startMillis = other.startMillis;
    endMillis = other.endMillis;
    firstValue = other.firstValue;
    lastValue = other.lastValue;
    energy.clear();
    energy.add(other.energy);
  }

  void write(boolean measured, long originMillis, DataOutputView out) throws IOException {
    Fields.writeVarLong(startMillis - originMillis, out);
    Fields.writeVarLong(durationMillis(), out);
    if (measured) {
      out.writeDouble(firstValue);
      out.writeDouble(lastValue);
      energy.write(out);
    }
  }

  void read(boolean measured, long originMillis, DataInputView in) throws IOException {
    long start = originMillis + Fields.readVarLong(in);
    set(start, start + Fields.readVarLong(in), Double.NaN);
    if (measured) {
      firstValue = in.readDouble();
      lastValue = in.readDouble();
      energy.addFrom(in);
    }
  }
}
