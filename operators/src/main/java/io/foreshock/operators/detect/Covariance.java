package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Means and covariances of vectors, one vector after another: Welford's method (Technometrics 4(3),
 * 1962) for each pair. The lower triangle is kept, row by row.
 */
final class Covariance {
  private final int size;
  private final double[] means;
  private final double[] products;
  private final double[] before;
  private int count;

  Covariance(int size) {
    this.size = size;
    means = new double[size];
    before = new double[size];
    products = new double[size * (size + 1) / 2];
  }

  void add(double[] vector) {
    count++;
    for (int i = 0; i < size; i++) {
      before[i] = vector[i] - means[i];
      means[i] += before[i] / count;
    }
    int at = 0;
    for (int i = 0; i < size; i++) {
      double after = vector[i] - means[i];
      for (int j = 0; j <= i; j++) {
        products[at++] += after * before[j];
      }
    }
  }

  int count() {
    return count;
  }

  double mean(int i) {
    return means[i];
  }

  /** Sample covariance of two components; needs two vectors. */
  double of(int i, int j) {
    int row = Math.max(i, j);
    return products[row * (row + 1) / 2 + Math.min(i, j)] / (count - 1);
  }

  void reset() {
    count = 0;
    Arrays.fill(means, 0);
    Arrays.fill(products, 0);
  }

  void write(DataOutputView out) throws IOException {
    Fields.writeVarInt(count, out);
    if (count > 0) {
      writeAll(means, out);
      writeAll(products, out);
    }
  }

  void read(DataInputView in) throws IOException {
    reset();
    count = Fields.readVarInt(in);
    if (count > 0) {
      readAll(means, in);
      readAll(products, in);
    }
  }

  static void writeAll(double[] values, DataOutputView out) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static void readAll(double[] values, DataInputView in) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
  }
}
