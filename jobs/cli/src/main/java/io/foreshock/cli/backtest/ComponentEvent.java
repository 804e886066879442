package io.foreshock.cli.backtest;

/**
 * Something about one component of one machine: an alarm, a failure, a replacement.
 *
 * @param machine number of the machine
 * @param component e.g. {@code comp1}
 * @param millis when, in milliseconds since 1970 (UTC)
 */
record ComponentEvent(int machine, String component, long millis)
    implements Comparable<ComponentEvent> {

  @Override
  public int compareTo(ComponentEvent other) {
    int order = Long.compare(millis, other.millis);
    if (order == 0) {
      order = Integer.compare(machine, other.machine);
    }
    return order == 0 ? component.compareTo(other.component) : order;
  }
}
