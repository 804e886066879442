package io.foreshock.chaos.truth;

import io.foreshock.proto.telemetry.v1.TelemetryMessage;

/**
 * What one message of a device must become, however often its record arrives.
 *
 * @param tenant tenant by topic
 * @param device device, which is the asset, too
 * @param order place among the messages of its device, from 0, without gaps for lost ones
 * @param passes the message with the items that must pass; may be without items
 * @param behind the message with the items that lie behind the device's clock; null for none
 * @param episode what it completes and must be detected; null for nothing
 */
record DeviceMessage(
    String tenant,
    String device,
    long order,
    TelemetryMessage passes,
    TelemetryMessage behind,
    Episode episode) {

  boolean isNumbered() {
    return !passes.getBootId().isEmpty();
  }
}
