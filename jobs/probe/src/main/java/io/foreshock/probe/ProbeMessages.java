package io.foreshock.probe;

import io.foreshock.codec.AlertIds;
import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.FaultSeverity;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;

/**
 * What the probe sends, as a device that is its own asset would: one fault code in each message,
 * numbered from 0 in each run.
 */
final class ProbeMessages {
  static final String ASSET = "foreshock-probe";
  static final String ASSET_CLASS = "foreshock-probe";
  static final String CODE = "FORESHOCK-PROBE";
  static final String COMPONENT = "pipeline";
  static final String FAILURE_MODE = "probe";

  private final String bootId;
  private long sequence;

  /**
   * @param bootId tells this run from those before
   */
  ProbeMessages(String bootId) {
    this.bootId = bootId;
  }

  /** Id of the alert that comes of it, the same each time. */
  static String alertId() {
    return AlertIds.of(ASSET, COMPONENT, FAILURE_MODE);
  }

  /**
   * The next message.
   *
   * @param nowMillis when it happens, milliseconds since 1970
   */
  byte[] next(long nowMillis) {
    return TelemetryMessage.newBuilder()
        .setDeviceId(ASSET)
        .setAssetClass(ASSET_CLASS)
        .setBootId(bootId)
        .setSequence(sequence++)
        .addFaultCodes(
            FaultCode.newBuilder()
                .setCode(CODE)
                .setEventTimeEpochMillis(nowMillis)
                .setSeverity(FaultSeverity.FAULT_SEVERITY_INFO))
        .build()
        .toByteArray();
  }
}
