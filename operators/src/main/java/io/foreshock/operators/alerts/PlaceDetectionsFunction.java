package io.foreshock.operators.alerts;

import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.LogSubject;
import io.foreshock.operators.decode.DecodeWithAssetsFunction.Snapshot;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detections as they were written, to detections with the place of their asset; second input: the
 * asset registry, broadcast. The whole registry is read when a task opens; nothing is kept in
 * state, the topic is the state.
 *
 * <p>A record that is no detection, or claims another tenant than its topic, is logged and counted,
 * never an error: it was written by a job, so it says that two releases do not fit together.
 *
 * <p>Metrics: {@code detections}, {@code detectionsRefused}, {@code assets}, {@code assetsRefused}.
 */
public final class PlaceDetectionsFunction
    extends CoProcessFunction<RawRecord, RawRecord, AlertInput> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PlaceDetectionsFunction.class);

  private final Snapshot snapshot;

  private transient AssetTree assets;
  private transient DetectionReader reader;
  private transient Counter assetsRefused;

  /**
   * @param snapshot hands over what the registry holds when a task opens
   */
  public PlaceDetectionsFunction(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  @Override
  public void open(OpenContext context) {
    assets = new AssetTree();
    reader = new DetectionReader(getRuntimeContext().getMetricGroup());
    assetsRefused = getRuntimeContext().getMetricGroup().counter("assetsRefused");
    getRuntimeContext().getMetricGroup().gauge("assets", () -> assets.size());
    snapshot.read(this::take);
  }

  @Override
  public void processElement1(RawRecord record, Context context, Collector<AlertInput> out) {
    Detection detection = reader.read(record);
    if (detection != null) {
      out.collect(
          AlertInput.of(detection, assets.placement(detection.asset()), record.appendTimeMillis()));
    }
  }

  @Override
  public void processElement2(RawRecord asset, Context context, Collector<AlertInput> out) {
    take(asset);
  }

  private void take(RawRecord asset) {
    String problem = assets.take(asset);
    if (!problem.isEmpty()) {
      assetsRefused.inc();
      try (LogSubject subject = LogSubject.ofKey(new String(asset.key(), StandardCharsets.UTF_8))) {
        LOG.warn(
            "Asset {} (offset {}) is refused, what was known before stays: {}",
            subject.name(),
            asset.offset(),
            problem);
      }
    }
  }
}
