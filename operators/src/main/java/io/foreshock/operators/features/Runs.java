package io.foreshock.operators.features;

import io.foreshock.operators.features.definition.SessionSource;
import io.foreshock.state.Fields;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The sessions of one asset in one slice, or in several neighbours. Mutable, used again and again.
 *
 * <p>A finest slice is not longer than the gap, so all running readings in it belong to one piece,
 * from the first to the last of them. Pieces of two slices are one when they are not farther apart
 * than the gap. Of several slices the first and the last piece are known, for what is older or
 * newer may lengthen them, and of those in between their sum; so slices can be merged in any
 * grouping, and nothing depends on the order in which readings came.
 *
 * <p>The energy of a piece: in a finest slice the mean of the measured channel stands from the
 * first to the last running reading; between two slices the trapezoid of both means, for at most
 * the longest hole.
 */
final class Runs {
  private static final double MILLIS_PER_HOUR = 3_600_000.0;

  private final long gapMillis;
  private final long maxHoleMillis;
  private final boolean measured;

  /** Pieces that are known; of one, {@link #head} is the last piece, too. */
  long pieces;

  /** Readings of the measured channel. */
  long values;

  final RunPiece head = new RunPiece();
  final RunPiece tail = new RunPiece();

  /** Of the pieces between the first and the last. */
  long innerMillis;

  long innerLongestMillis;
  final ExactSum innerEnergy = new ExactSum();

  /** Of a finest slice that is being filled. */
  private final ExactSum sum = new ExactSum();

  private final RunPiece read = new RunPiece();
  private final RunPiece readTail = new RunPiece();

  Runs(SessionSource source) {
    gapMillis = source.gap().toMillis();
    maxHoleMillis = source.maxHole().toMillis();
    measured = !source.measure().isEmpty();
  }

  long gapMillis() {
    return gapMillis;
  }

  void clear() {
    pieces = 0;
    values = 0;
    innerMillis = 0;
    innerLongestMillis = 0;
    innerEnergy.clear();
    sum.clear();
  }

  /** A reading in a finest slice shows the asset running. */
  void runs(long millis) {
    if (pieces == 0) {
      pieces = 1;
      head.set(millis, millis, Double.NaN);
    } else {
      head.startMillis = Math.min(head.startMillis, millis);
      head.endMillis = Math.max(head.endMillis, millis);
    }
  }

  /** A reading of the measured channel in a finest slice. */
  void measured(double value) {
    values++;
    sum.add(value);
  }

  /** The last piece. */
  RunPiece last() {
    return pieces == 1 ? head : tail;
  }

  void write(long startMillis, boolean finest, DataOutputView out) throws IOException {
    Fields.writeVarLong(pieces, out);
    if (measured) {
      Fields.writeVarLong(values, out);
    }
    if (finest) {
      if (pieces > 0) {
        Fields.writeVarLong(head.startMillis - startMillis, out);
        Fields.writeVarLong(head.durationMillis(), out);
      }
      if (measured) {
        sum.write(out);
      }
      return;
    }
    if (pieces > 0) {
      head.write(measured, startMillis, out);
    }
    if (pieces > 1) {
      tail.write(measured, startMillis, out);
    }
    if (pieces > 2) {
      Fields.writeVarLong(innerMillis, out);
      Fields.writeVarLong(innerLongestMillis, out);
      if (measured) {
        innerEnergy.write(out);
      }
    }
  }

  /** Reads a finest slice to go on with it. */
  void readFinest(long startMillis, DataInputView in) throws IOException {
    clear();
    pieces = Fields.readVarLong(in);
    values = measured ? Fields.readVarLong(in) : 0;
    if (pieces > 0) {
      long start = startMillis + Fields.readVarLong(in);
      head.set(start, start + Fields.readVarLong(in), Double.NaN);
    }
    if (measured) {
      sum.addFrom(in);
    }
  }

  /** Adds a slice that was written, older than everything that was added before. */
  void addOlder(long startMillis, boolean finest, DataInputView in) throws IOException {
    long added = Fields.readVarLong(in);
    long addedValues = measured ? Fields.readVarLong(in) : 0;
    values += addedValues;
    if (finest) {
      readPiece(startMillis, added, addedValues, in);
      if (added > 0) {
        prepend(read, read, 1);
      }
      return;
    }
    if (added == 0) {
      return;
    }
    read.read(measured, startMillis, in);
    if (added > 1) {
      readTail.read(measured, startMillis, in);
    }
    // Those in between become inner ones, whatever joins the last of them.
    if (added > 2) {
      innerMillis += Fields.readVarLong(in);
      innerLongestMillis = Math.max(innerLongestMillis, Fields.readVarLong(in));
      if (measured) {
        innerEnergy.addFrom(in);
      }
    }
    prepend(read, added > 1 ? readTail : read, added);
  }

  /** The piece of a finest slice, with the mean of what was measured in it. */
  private void readPiece(long startMillis, long added, long addedValues, DataInputView in)
      throws IOException {
    if (added > 0) {
      long start = startMillis + Fields.readVarLong(in);
      read.set(start, start + Fields.readVarLong(in), Double.NaN);
    }
    if (measured) {
      sum.clear();
      sum.addFrom(in);
      if (added > 0 && addedValues > 0) {
        double mean = sum.value().value() / addedValues;
        read.firstValue = mean;
        read.lastValue = mean;
        read.energy.add(mean * (read.durationMillis() / MILLIS_PER_HOUR));
      }
    }
  }

  /**
   * Puts older pieces in front.
   *
   * @param first the oldest of them
   * @param last the newest of them; the same object where there is one
   */
  private void prepend(RunPiece first, RunPiece last, long added) {
    if (pieces == 0) {
      head.set(first);
      if (added > 1) {
        tail.set(last);
      }
      pieces = added;
      return;
    }
    boolean joined = head.startMillis - last.endMillis <= gapMillis;
    if (joined) {
      join(last, head);
    }
    if (!joined || added > 1) {
      // The first piece is not the first any more.
      if (pieces > 1) {
        inner(head);
      } else {
        tail.set(head);
      }
      if (!joined && added > 1) {
        inner(last);
      }
      head.set(first);
    }
    pieces += added - (joined ? 1 : 0);
  }

  /** Lengthens a piece to its begin in an older one. */
  private void join(RunPiece older, RunPiece newer) {
    long hole = newer.startMillis - older.endMillis;
    newer.energy.add(older.energy);
    if (hole <= maxHoleMillis && !Double.isNaN(older.lastValue + newer.firstValue)) {
      newer.energy.add((older.lastValue + newer.firstValue) / 2 * (hole / MILLIS_PER_HOUR));
    }
    newer.startMillis = older.startMillis;
    newer.firstValue = older.firstValue;
  }

  private void inner(RunPiece piece) {
    innerMillis += piece.durationMillis();
    innerLongestMillis = Math.max(innerLongestMillis, piece.durationMillis());
    innerEnergy.add(piece.energy);
  }
}
