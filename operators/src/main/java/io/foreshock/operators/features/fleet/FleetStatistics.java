package io.foreshock.operators.features.fleet;

import io.foreshock.operators.features.definition.FleetComparison;
import java.util.Arrays;
import java.util.Collection;

/**
 * Median and spread of each compared value over the machines that have it. A function of the set of
 * values: neither the order of machines nor that of their rows matters.
 */
final class FleetStatistics {
  /** Of a normal distribution: median distance from the median to standard deviation. */
  private static final double TO_DEVIATION = 1.4826;

  private final double[] medians;
  private final double[] spreads;
  private final int[] counts;
  private final int minimumPeers;

  /** Machines that were compared. */
  private final int members;

  FleetStatistics(Collection<FleetMember> fleet, int columns, int minimumPeers) {
    this.minimumPeers = minimumPeers;
    members = fleet.size();
    medians = new double[columns];
    spreads = new double[columns];
    counts = new int[columns];
    double[] values = new double[members];
    for (int column = 0; column < columns; column++) {
      int count = 0;
      for (FleetMember member : fleet) {
        // A row of an earlier version of the set may have fewer values.
        if (column < member.values.length && !Double.isNaN(member.values[column])) {
          values[count++] = member.values[column];
        }
      }
      counts[column] = count;
      medians[column] = median(values, count);
      for (int i = 0; i < count; i++) {
        values[i] = Math.abs(values[i] - medians[column]);
      }
      spreads[column] = median(values, count) * TO_DEVIATION;
    }
  }

  private static double median(double[] values, int count) {
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(values, 0, count);
    double upper = values[count / 2];
    // Half of each, for their sum may be beyond the largest double.
    return count % 2 == 1 ? upper : values[count / 2 - 1] / 2 + upper / 2;
  }

  /** The columns of one machine. */
  double[] row(FleetMember member) {
    double[] row = new double[1 + FleetComparison.COLUMNS * medians.length];
    row[0] = members - 1;
    for (int column = 0; column < medians.length; column++) {
      int place = 1 + FleetComparison.COLUMNS * column;
      double value = column < member.values.length ? member.values[column] : Double.NaN;
      int others = counts[column] - (Double.isNaN(value) ? 0 : 1);
      boolean enough = others >= minimumPeers;
      row[place] = enough ? deviation(value, column) : Double.NaN;
      row[place + 1] = enough ? medians[column] : Double.NaN;
      row[place + 2] = enough ? spreads[column] : Double.NaN;
    }
    return row;
  }

  /** Where more than half of the machines say the same, nobody knows how far away is far. */
  private double deviation(double value, int column) {
    double away = value - medians[column];
    if (spreads[column] == 0) {
      return away == 0 ? 0 : Double.NaN;
    }
    return away / spreads[column];
  }
}
