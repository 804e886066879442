package io.foreshock.precursors;

import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.Detection;
import io.foreshock.runtime.kafka.RecordForm;
import java.nio.charset.StandardCharsets;

/** A detection on {@code <tenant>.detections}: key is the asset, so one asset keeps its order. */
final class DetectionForm implements RecordForm<Detection> {
  private static final long serialVersionUID = 1L;

  @Override
  public String tenant(Detection detection) {
    return detection.asset().tenant();
  }

  @Override
  public byte[] key(Detection detection) {
    return detection.asset().assetId().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] value(Detection detection) {
    return DetectionCodec.encode(detection);
  }
}
