package io.foreshock.cli.records;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.time.Instant;
import java.util.List;

/** A batch as JSON, for people and scripts: times in ISO form, what is absent left out. */
public final class BatchJson {

  private BatchJson() {}

  public static ObjectNode of(TelemetryBatch batch) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("tenant", batch.asset().tenant()).put("device", batch.deviceId());
    if (!batch.asset().assetId().equals(batch.deviceId())) {
      node.put("asset", batch.asset().assetId());
    }
    putText(node, "assetClass", batch.asset().assetClass());
    if (batch.isSequenced()) {
      node.put("boot", batch.bootId()).put("sequence", batch.sequence());
    }
    putText(node, "messageId", batch.messageId());
    node.put("appended", time(batch.appendTimeMillis())).put("backlog", batch.backlog());
    measurements(batch.measurements(), node);
    for (FaultCode item : batch.faultCodes()) {
      ObjectNode fault = node.withArray("faultCodes").addObject();
      fault.put("time", time(item.eventTimeMillis())).put("code", item.code());
      putText(fault, "component", item.component());
      fault.put("severity", item.severity().name());
    }
    for (MaintenanceEvent item : batch.maintenanceEvents()) {
      ObjectNode work = node.withArray("maintenanceEvents").addObject();
      work.put("time", time(item.eventTimeMillis())).put("component", item.component());
      work.put("kind", item.kind().name());
    }
    for (OperatingStateChange item : batch.operatingStateChanges()) {
      ObjectNode state = node.withArray("operatingStateChanges").addObject();
      state.put("time", time(item.eventTimeMillis())).put("state", item.state().name());
    }
    for (Position item : batch.positions()) {
      ObjectNode position = node.withArray("positions").addObject();
      position.put("time", time(item.eventTimeMillis()));
      position.put("latitude", item.latitudeDegrees()).put("longitude", item.longitudeDegrees());
      putNumber(position, "speedMetresPerSecond", item.speedMetresPerSecond());
      putNumber(position, "headingDegrees", item.headingDegrees());
      putNumber(position, "accuracyMetres", item.accuracyMetres());
    }
    return node;
  }

  private static void measurements(List<Measurement> items, ObjectNode node) {
    for (Measurement item : items) {
      node.withArray("measurements")
          .addObject()
          .put("time", time(item.eventTimeMillis()))
          .put("channel", item.channel())
          .put("value", item.value());
    }
  }

  private static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  private static void putText(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  private static void putNumber(ObjectNode node, String name, double value) {
    if (!Double.isNaN(value)) {
      node.put(name, value);
    }
  }
}
