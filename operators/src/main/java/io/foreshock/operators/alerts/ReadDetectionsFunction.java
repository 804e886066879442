package io.foreshock.operators.alerts;

import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * As {@link PlaceDetectionsFunction}, without an asset registry: of an asset its class is known, as
 * the detection says.
 */
public final class ReadDetectionsFunction extends ProcessFunction<RawRecord, AlertInput> {
  private static final long serialVersionUID = 1L;

  private transient AssetTree assets;
  private transient DetectionReader reader;

  @Override
  public void open(OpenContext context) {
    assets = new AssetTree();
    reader = new DetectionReader(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<AlertInput> out) {
    Detection detection = reader.read(record);
    if (detection != null) {
      out.collect(
          AlertInput.of(detection, assets.placement(detection.asset()), record.appendTimeMillis()));
    }
  }
}
