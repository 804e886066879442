package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Cuts a batch into parts, each with rows of one dataset and of one day (UTC, by event time). A
 * batch that is such a part already, which most are, passes as it is.
 */
final class SplitByFolderFunction implements FlatMapFunction<TelemetryBatch, TelemetryBatch> {
  private static final long serialVersionUID = 1L;
  private static final Dataset[] DATASETS = Dataset.values();

  static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

  @Override
  public void flatMap(TelemetryBatch batch, Collector<TelemetryBatch> parts) {
    for (Dataset dataset : DATASETS) {
      int rows = dataset.rows(batch);
      int from = 0;
      while (from < rows) {
        long day = day(dataset.eventTimeMillis(batch, from));
        int to = from + 1;
        while (to < rows && day(dataset.eventTimeMillis(batch, to)) == day) {
          to++;
        }
        parts.collect(part(batch, dataset, from, to));
        from = to;
      }
    }
  }

  /** Days since 1970. */
  static long day(long eventTimeMillis) {
    return Math.floorDiv(eventTimeMillis, DAY_MILLIS);
  }

  private static TelemetryBatch part(TelemetryBatch batch, Dataset dataset, int from, int to) {
    if (to - from == items(batch)) {
      return batch;
    }
    return new TelemetryBatch(
        batch.asset(),
        batch.deviceId(),
        batch.bootId(),
        batch.sequence(),
        batch.messageId(),
        batch.appendTimeMillis(),
        batch.backlog(),
        dataset == Dataset.READINGS ? batch.measurements().subList(from, to) : List.of(),
        dataset == Dataset.FAULT_CODES ? batch.faultCodes().subList(from, to) : List.of(),
        dataset == Dataset.MAINTENANCE ? batch.maintenanceEvents().subList(from, to) : List.of(),
        dataset == Dataset.OPERATING_STATES
            ? batch.operatingStateChanges().subList(from, to)
            : List.of(),
        dataset == Dataset.POSITIONS ? batch.positions().subList(from, to) : List.of());
  }

  private static int items(TelemetryBatch batch) {
    int items = 0;
    for (Dataset dataset : DATASETS) {
      items += dataset.rows(batch);
    }
    return items;
  }
}
