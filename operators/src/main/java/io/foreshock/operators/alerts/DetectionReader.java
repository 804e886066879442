package io.foreshock.operators.alerts;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.LogSubject;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads detections; what cannot be used is logged and counted. */
final class DetectionReader {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionReader.class);

  private final Counter detections;
  private final Counter refused;

  DetectionReader(MetricGroup metrics) {
    detections = metrics.counter("detections");
    refused = metrics.counter("detectionsRefused");
  }

  /** The detection without its signals, to which an alert refers only; null when it is none. */
  Detection read(RawRecord record) {
    Detection detection;
    try {
      detection = DetectionCodec.decode(record.value());
    } catch (InvalidProtocolBufferException e) {
      return refuse(record, e.getMessage());
    }
    if (!detection.asset().tenant().equals(record.tenant())) {
      return refuse(record, "it claims tenant \"" + detection.asset().tenant() + "\"");
    }
    if (detection.id().isEmpty()
        || detection.component().isEmpty()
        || detection.failureMode().isEmpty()
        || detection.eventTimeMillis() <= 0
        || detection.horizonMillis() < 0) {
      return refuse(record, "id, component, failure mode and event time must be set");
    }
    detections.inc();
    return new Detection(
        detection.id(),
        detection.asset(),
        detection.pattern(),
        detection.patternVersion(),
        detection.component(),
        detection.failureMode(),
        detection.severity(),
        detection.eventTimeMillis(),
        detection.horizonMillis(),
        detection.backlog(),
        List.of());
  }

  private Detection refuse(RawRecord record, String why) {
    refused.inc();
    try (LogSubject subject = LogSubject.ofTenant(record.tenant())) {
      LOG.warn(
          "Record {}-{} at offset {} of tenant {} is no detection that can be used: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          subject.name(),
          why);
    }
    return null;
  }
}
