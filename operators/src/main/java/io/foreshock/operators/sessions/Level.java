package io.foreshock.operators.sessions;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Count, sum and maximum of readings, in any order. */
final class Level {
  long count;
  double sum;
  double max;

  void add(double value) {
    max = count == 0 ? value : Math.max(max, value);
    sum += value;
    count++;
  }

  void merge(Level other) {
    if (other.count > 0) {
      max = count == 0 ? other.max : Math.max(max, other.max);
      sum += other.sum;
      count += other.count;
    }
  }

  void set(Level other) {
    count = other.count;
    sum = other.sum;
    max = other.max;
  }

  void write(DataOutputView out) throws IOException {
    Fields.writeVarLong(count, out);
    if (count > 0) {
      out.writeDouble(sum);
      out.writeDouble(max);
    }
  }

  void read(DataInputView in) throws IOException {
    count = Fields.readVarLong(in);
    if (count > 0) {
      sum = in.readDouble();
      max = in.readDouble();
    }
  }
}
