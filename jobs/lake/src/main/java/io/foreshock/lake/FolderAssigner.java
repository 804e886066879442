package io.foreshock.lake;

import io.foreshock.model.TelemetryBatch;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;

/** Folder of a part of a batch: {@code readings/tenant=acme/day=2026-01-05}. */
final class FolderAssigner implements BucketAssigner<TelemetryBatch, String> {
  private static final long serialVersionUID = 1L;
  private static final int MAX_REMEMBERED = 4096;

  private transient Map<Place, String> folders;

  private record Place(Dataset dataset, String tenant, long day) {}

  @Override
  public String getBucketId(TelemetryBatch part, Context context) {
    return folder(part);
  }

  String folder(TelemetryBatch part) {
    if (folders == null || folders.size() > MAX_REMEMBERED) {
      folders = new HashMap<>();
    }
    Dataset dataset = Dataset.of(part);
    long day = SplitByFolderFunction.day(dataset.eventTimeMillis(part, 0));
    return folders.computeIfAbsent(
        new Place(dataset, part.asset().tenant(), day), FolderAssigner::name);
  }

  private static String name(Place place) {
    return place.dataset().folder()
        + "/tenant="
        + place.tenant()
        + "/day="
        + LocalDate.ofEpochDay(place.day());
  }

  @Override
  public SimpleVersionedSerializer<String> getSerializer() {
    return SimpleVersionedStringSerializer.INSTANCE;
  }
}
