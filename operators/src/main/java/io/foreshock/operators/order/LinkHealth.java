package io.foreshock.operators.order;

/**
 * What went wrong on the way from one device since the last report. Exists only while there is
 * something to say: a healthy device has none.
 */
final class LinkHealth {
  long lost;
  long duplicated;
  long reordered;
  long late;

  /** Ingest time of the next report. */
  long dueMillis;

  /** Class of the asset, as the device last named it. */
  String assetClass = "";

  /** Whether the device's last message was backlog. */
  boolean backlog;

  LinkHealth(long dueMillis) {
    this.dueMillis = dueMillis;
  }

  boolean isClean() {
    return lost == 0 && duplicated == 0 && reordered == 0 && late == 0;
  }

  /** The counts were reported. */
  void beginPeriod(long periodMillis) {
    lost = 0;
    duplicated = 0;
    reordered = 0;
    late = 0;
    dueMillis += periodMillis;
  }

  LinkHealth copy() {
    LinkHealth copy = new LinkHealth(dueMillis);
    copy.lost = lost;
    copy.duplicated = duplicated;
    copy.reordered = reordered;
    copy.late = late;
    copy.assetClass = assetClass;
    copy.backlog = backlog;
    return copy;
  }
}
