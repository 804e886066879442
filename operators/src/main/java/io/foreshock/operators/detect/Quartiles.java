package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Quartiles of a stream in five numbers: the P² algorithm (Jain and Chlamtac, Communications of the
 * ACM 28(10), 1985), whose markers for the median are the minimum, the three quartiles and the
 * maximum. Not for a stream with gross outliers, whose size it feels for long: see {@link Sample}.
 */
final class Quartiles {
  private static final int MARKERS = 5;

  private final double[] heights = new double[MARKERS];

  /** How many values lie at or below each marker. */
  private final int[] positions = new int[MARKERS];

  private int count;

  void add(double value) {
    if (count < MARKERS) {
      addToFirst(value);
      return;
    }
    int cell = 0;
    if (value < heights[0]) {
      heights[0] = value;
    } else if (value >= heights[4]) {
      heights[4] = value;
      cell = 3;
    } else {
      while (value >= heights[cell + 1]) {
        cell++;
      }
    }
    for (int i = cell + 1; i < MARKERS; i++) {
      positions[i]++;
    }
    count++;
    for (int i = 1; i <= 3; i++) {
      adjust(i);
    }
  }

  private void addToFirst(double value) {
    int i = count++;
    while (i > 0 && heights[i - 1] > value) {
      heights[i] = heights[i - 1];
      i--;
    }
    heights[i] = value;
    if (count == MARKERS) {
      startPositions();
    }
  }

  private void startPositions() {
    for (int i = 0; i < MARKERS; i++) {
      positions[i] = i + 1;
    }
  }

  /** Moves a marker by one when it is one or more away from where its quantile belongs. */
  private void adjust(int i) {
    double away = 1 + (count - 1) * i / 4.0 - positions[i];
    int below = positions[i] - positions[i - 1];
    int above = positions[i + 1] - positions[i];
    int d;
    if (away >= 1 && above > 1) {
      d = 1;
    } else if (away <= -1 && below > 1) {
      d = -1;
    } else {
      return;
    }
    double riseAbove = (heights[i + 1] - heights[i]) / above;
    double riseBelow = (heights[i] - heights[i - 1]) / below;
    double height =
        heights[i] + d * ((below + d) * riseAbove + (above - d) * riseBelow) / (below + above);
    if (!(heights[i - 1] < height && height < heights[i + 1])) {
      height = heights[i] + d * (d > 0 ? riseAbove : riseBelow);
    }
    heights[i] = height;
    positions[i] += d;
  }

  /** Begins with quartiles that are known already; they weigh as much as five values. */
  void start(double first, double second, double third) {
    heights[0] = first - (third - first);
    heights[1] = first;
    heights[2] = second;
    heights[3] = third;
    heights[4] = third + (third - first);
    count = MARKERS;
    startPositions();
  }

  int count() {
    return count;
  }

  /** A quartile, 1 to 3; 0 before there are five values. */
  double quartile(int number) {
    return count >= MARKERS ? heights[number] : 0;
  }

  void reset() {
    count = 0;
  }

  void write(DataOutputView out) throws IOException {
    Fields.writeVarInt(count, out);
    for (int i = 0; i < Math.min(count, MARKERS); i++) {
      out.writeDouble(heights[i]);
    }
    if (count >= MARKERS) {
      for (int i = 1; i <= 3; i++) {
        Fields.writeVarInt(positions[i], out);
      }
    }
  }

  void read(DataInputView in) throws IOException {
    count = Fields.readVarInt(in);
    for (int i = 0; i < Math.min(count, MARKERS); i++) {
      heights[i] = in.readDouble();
    }
    if (count >= MARKERS) {
      positions[0] = 1;
      for (int i = 1; i <= 3; i++) {
        positions[i] = Fields.readVarInt(in);
      }
      positions[4] = count;
    }
  }
}
