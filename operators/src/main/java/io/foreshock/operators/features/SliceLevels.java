package io.foreshock.operators.features;

import java.util.ArrayList;
import java.util.List;

/**
 * How time is cut into slices: fine ones for what is young, coarser ones for what is old. Each
 * length divides the next, and all begin at multiples of their length since 1970 (UTC).
 *
 * <p>With slices of 1 min: 1 min for windows up to 2 h, 10 min up to 12 h, 1 h up to 72 h, 6 h
 * beyond. A window begins at a multiple of the length that goes with it, rounded down: it is exact
 * where it is a multiple of the finest slice and not longer than 12 slices of the next length, and
 * otherwise at most a twelfth too long. It ends at the time of the row, which is a multiple of the
 * finest slice.
 */
final class SliceLevels {
  private static final long MINUTE = 60_000L;
  private static final long[] LENGTHS = {MINUTE, 10 * MINUTE, 60 * MINUTE, 360 * MINUTE};

  /** How many levels there are at most, whatever the windows. */
  static final int MOST = LENGTHS.length;

  /** A window of so many coarser slices, or more, begins at one of them. */
  private static final int COARSER_FROM = 12;

  private final long[] lengths;
  private final long[] keeps;

  /**
   * @param finestMillis one of 1 min, 10 min, 1 h
   * @param longestWindowMillis longest window
   * @param slackMillis how far behind the asset's clock a row may be computed
   */
  SliceLevels(long finestMillis, long longestWindowMillis, long slackMillis) {
    List<Long> used = new ArrayList<>();
    for (long length : LENGTHS) {
      boolean reached = used.size() < 1 || longestWindowMillis > COARSER_FROM * length;
      if (length >= finestMillis && reached) {
        used.add(length);
      }
    }
    lengths = used.stream().mapToLong(Long::longValue).toArray();
    keeps = new long[lengths.length];
    for (int level = 0; level < lengths.length; level++) {
      boolean last = level == lengths.length - 1;
      keeps[level] =
          slackMillis
              + (last
                  ? longestWindowMillis + lengths[level]
                  : (COARSER_FROM + 1) * lengths[level + 1]);
    }
  }

  int count() {
    return lengths.length;
  }

  /** Length of the slices of a level, from 0. */
  long length(int level) {
    return lengths[level];
  }

  /** How long after its end a slice of a level stays as it is, by the asset's clock. */
  long keep(int level) {
    return keeps[level];
  }

  /** Where a window that ends at a time begins. */
  long begin(long endMillis, long windowMillis) {
    int level = 0;
    while (level + 1 < lengths.length && windowMillis > COARSER_FROM * lengths[level + 1]) {
      level++;
    }
    return Math.floorDiv(endMillis - windowMillis, lengths[level]) * lengths[level];
  }
}
