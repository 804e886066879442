package io.foreshock.operators.detect;

import io.foreshock.state.Fields;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Level and spread of each part of a season, followed robustly: a reading further than {@value
 * #FENCE} spreads from the level of its part moves both as if it lay there (Huber's function, as in
 * the pre-cleaning of Gelper, Fried and Croux 2010).
 *
 * <p>A part is known after {@value #LEAST_SEASONS} seasons. Its spread is drawn towards that of all
 * parts, which counts for {@value #POOLED} seasons, because a few seasons say little of it. Nine
 * bytes or fewer for each part; numbers are kept in single precision, so that a restart changes
 * nothing. A value beyond {@value #LARGEST} is not learned: its square has no room there.
 */
final class SeasonalBaseline {
  static final double FENCE = 3;
  static final int LEAST_SEASONS = 3;

  /** Squares of larger ones could leave the range of single precision. */
  static final double LARGEST = 1e15;

  private static final int POOLED = 4;
  private static final int MOST_COUNTED = 120;

  private final double memorySeasons;
  private final float[] levels;
  private final float[] variances;
  private final byte[] seasons;
  private float pooledVariance;
  private int residuals;

  private int part = -1;
  private double sum;
  private double squares;
  private int inPart;

  /**
   * @param memorySeasons seasons that a part remembers, at least 2
   */
  SeasonalBaseline(int parts, double memorySeasons) {
    this.memorySeasons = memorySeasons;
    levels = new float[parts];
    variances = new float[parts];
    seasons = new byte[parts];
  }

  /** Enough is known of a part. */
  boolean known(int part) {
    return seasons[part] >= LEAST_SEASONS && spread(part) > 0;
  }

  /** Standard deviation within a part. */
  double spread(int part) {
    int own = seasons[part] - 1;
    return Math.sqrt((own * variances[part] + POOLED * pooledVariance) / (own + POOLED));
  }

  /** Distance from the level of the part, in spreads. */
  double deviation(int part, double value) {
    return (value - levels[part]) / spread(part);
  }

  /** Level of a part. */
  double level(int part) {
    return levels[part];
  }

  /**
   * Learns a reading. Several of one part and season count once, when the next part begins or the
   * part is closed: how often is measured does not change how long is remembered. Ignored beyond
   * {@value #LARGEST}.
   */
  void learn(int part, double value) {
    if (Math.abs(value) > LARGEST) {
      return;
    }
    if (part != this.part) {
      closePart();
      this.part = part;
    }
    double counted = value;
    if (seasons[part] > 1 && pooledVariance > 0) {
      double reach = FENCE * spread(part);
      counted = Math.max(levels[part] - reach, Math.min(levels[part] + reach, value));
    }
    sum += counted;
    inPart++;
    if (seasons[part] > 0) {
      double away = counted - levels[part];
      squares += away * away;
      double weight = Math.max(1.0 / ++residuals, 1 / (memorySeasons * levels.length));
      pooledVariance += (float) (weight * (away * away - pooledVariance));
      residuals = Math.min(residuals, Integer.MAX_VALUE - 1);
    }
  }

  /** The season is over: what comes next counts for another one, even if the part is the same. */
  void closePart() {
    if (inPart == 0) {
      return;
    }
    double mean = sum / inPart;
    double square = squares / inPart;
    sum = 0;
    squares = 0;
    inPart = 0;
    if (seasons[part] == 0) {
      levels[part] = (float) mean;
      seasons[part] = 1;
      return;
    }
    double weight = Math.max(1.0 / (seasons[part] + 1), 1 / memorySeasons);
    double first = seasons[part] == 1 ? 1 : weight;
    levels[part] += (float) (weight * (mean - levels[part]));
    variances[part] += (float) (first * (square - variances[part]));
    seasons[part] = (byte) Math.min(seasons[part] + 1, MOST_COUNTED);
  }

  void reset() {
    Arrays.fill(levels, 0);
    Arrays.fill(variances, 0);
    Arrays.fill(seasons, (byte) 0);
    pooledVariance = 0;
    residuals = 0;
    part = -1;
    sum = 0;
    squares = 0;
    inPart = 0;
  }

  void write(DataOutputView out) throws IOException {
    for (int i = 0; i < levels.length; i++) {
      out.writeByte(seasons[i]);
      if (seasons[i] > 0) {
        out.writeFloat(levels[i]);
      }
      if (seasons[i] > 1) {
        out.writeFloat(variances[i]);
      }
    }
    out.writeFloat(pooledVariance);
    Fields.writeVarInt(residuals, out);
    Fields.writeVarInt(part + 1, out);
    Fields.writeVarInt(inPart, out);
    out.writeDouble(sum);
    out.writeDouble(squares);
  }

  void read(DataInputView in) throws IOException {
    for (int i = 0; i < levels.length; i++) {
      seasons[i] = in.readByte();
      levels[i] = seasons[i] > 0 ? in.readFloat() : 0;
      variances[i] = seasons[i] > 1 ? in.readFloat() : 0;
    }
    pooledVariance = in.readFloat();
    residuals = Fields.readVarInt(in);
    part = Fields.readVarInt(in) - 1;
    inPart = Fields.readVarInt(in);
    sum = in.readDouble();
    squares = in.readDouble();
  }
}
