package io.foreshock.operators.order;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.util.List;

/**
 * Makes readings of what went wrong on the way from a device, so that patterns can use them like
 * any other: a period after the first loss, repeat, disorder or lateness, then each period until
 * one passes without, which is reported too and ends it. A healthy device costs nothing.
 *
 * <p>A reading's event time is the newest of its device: a report never moves the asset's clock.
 * Its message id is {@value #MESSAGE_ID} and the ingest time at which it was due: the same on each
 * replay.
 */
final class LinkReports {
  static final String MESSAGE_ID = "link-health/";

  static final String DUPLICATED = "link_duplicated_messages";
  static final String LATE = "link_late_messages";
  static final String LOST = "link_lost_messages";
  static final String REORDERED = "link_reordered_messages";

  private LinkReports() {}

  /** What is due, as a message of the device. */
  static TelemetryBatch of(String key, DeviceCursor device) {
    LinkHealth link = device.link;
    int slash = key.indexOf('/');
    String assetId = key.substring(slash + 1);
    long time =
        device.newestEventTimeMillis == Long.MIN_VALUE
            ? link.dueMillis
            : device.newestEventTimeMillis;
    return new TelemetryBatch(
        new AssetRef(key.substring(0, slash), assetId, link.assetClass),
        device.device.isEmpty() ? assetId : device.device,
        "",
        0,
        MESSAGE_ID + link.dueMillis,
        link.dueMillis,
        link.backlog,
        List.of(
            new Measurement(DUPLICATED, time, link.duplicated),
            new Measurement(LATE, time, link.late),
            new Measurement(LOST, time, link.lost),
            new Measurement(REORDERED, time, link.reordered)),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
