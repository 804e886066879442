package io.foreshock.backtest.score;

/**
 * Something about one component of one asset: an alarm, a failure, a replacement.
 *
 * <p>Ordered by time, then asset (a shorter name first, so that {@code machine-2} comes before
 * {@code machine-10}), then component.
 *
 * @param asset id of the asset
 * @param component e.g. {@code comp1}; empty when the whole asset is meant
 * @param millis when, in milliseconds since 1970 (UTC)
 */
public record ComponentEvent(String asset, String component, long millis)
    implements Comparable<ComponentEvent> {

  @Override
  public int compareTo(ComponentEvent other) {
    int order = Long.compare(millis, other.millis);
    if (order == 0) {
      order = Integer.compare(asset.length(), other.asset.length());
    }
    if (order == 0) {
      order = asset.compareTo(other.asset);
    }
    return order == 0 ? component.compareTo(other.component) : order;
  }
}
