package io.foreshock.codec;

import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.FaultSeverity;
import io.foreshock.proto.telemetry.v1.MaintenanceEvent;
import io.foreshock.proto.telemetry.v1.MaintenanceKind;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.OperatingState;
import io.foreshock.proto.telemetry.v1.OperatingStateChange;
import io.foreshock.proto.telemetry.v1.Position;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;

/**
 * The protovalidate rules of {@code telemetry.proto}, written by hand for the path that every
 * message takes: no reflection, no CEL, no allocation. The {@code .proto} stays the definition; a
 * differential test holds the two together. What is refused here is put into words by {@link
 * TelemetryViolation}.
 */
public final class TelemetryRules {
  /** Latest event time that the contract accepts: 2100-01-01T00:00:00Z. */
  public static final long LAST_EPOCH_MILLIS = 4_102_444_800_000L;

  /** Largest number that every JSON reader keeps exactly: 2^53 - 1. */
  static final long LAST_SEQUENCE = 9_007_199_254_740_991L;

  /** Samples that a waveform holds at least. */
  static final int FEWEST_SAMPLES = 64;

  /** Samples that a waveform holds at most. */
  public static final int MOST_SAMPLES = 65_536;

  private TelemetryRules() {}

  /** Whether the message keeps every rule of the contract. */
  public static boolean accepts(TelemetryMessage message) {
    if (!acceptsIdentity(message)
        || !isSlug(message.getTenant(), true)
        || !acceptsAssetClass(message)
        || message.getSentAtEpochMillis() < 0
        || message.getSentAtEpochMillis() > LAST_EPOCH_MILLIS
        || message.getMeasurementsCount() > 10_000
        || message.getFaultCodesCount() > 1_000
        || message.getMaintenanceEventsCount() > 1_000
        || message.getOperatingStateChangesCount() > 1_000
        || message.getPositionsCount() > 10_000
        || message.getWaveformsCount() > 16) {
      return false;
    }
    for (int i = 0; i < message.getMeasurementsCount(); i++) {
      if (!accepts(message.getMeasurements(i))) {
        return false;
      }
    }
    for (int i = 0; i < message.getFaultCodesCount(); i++) {
      if (!accepts(message.getFaultCodes(i))) {
        return false;
      }
    }
    for (int i = 0; i < message.getMaintenanceEventsCount(); i++) {
      if (!accepts(message.getMaintenanceEvents(i))) {
        return false;
      }
    }
    for (int i = 0; i < message.getOperatingStateChangesCount(); i++) {
      if (!accepts(message.getOperatingStateChanges(i))) {
        return false;
      }
    }
    for (int i = 0; i < message.getPositionsCount(); i++) {
      if (!accepts(message.getPositions(i))) {
        return false;
      }
    }
    for (int i = 0; i < message.getWaveformsCount(); i++) {
      if (!accepts(message.getWaveforms(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether it can be told which device sent the message, about which asset, and at which place in
   * the device's sequence; its content may still be refused.
   */
  public static boolean acceptsIdentity(TelemetryMessage message) {
    return acceptsDevice(message)
        && (message.getAssetId().isEmpty() || isId(message.getAssetId()))
        && isAtMost(message.getBootId(), 64)
        && isAtMost(message.getMessageId(), 128)
        && (!message.getBootId().isEmpty() || !message.getMessageId().isEmpty())
        && message.getSequence() >= 0
        && message.getSequence() <= LAST_SEQUENCE;
  }

  /** Whether the message names its device. */
  public static boolean acceptsDevice(TelemetryMessage message) {
    return isId(message.getDeviceId());
  }

  /** Whether the message names no kind of machine, or one that can be a name. */
  public static boolean acceptsAssetClass(TelemetryMessage message) {
    return isSlug(message.getAssetClass(), true);
  }

  private static boolean accepts(Measurement item) {
    return isChannel(item.getChannel())
        && isEventTime(item.getEventTimeEpochMillis())
        && Double.isFinite(item.getValue());
  }

  private static boolean accepts(FaultCode item) {
    return !item.getCode().isEmpty()
        && isAtMost(item.getCode(), 64)
        && isEventTime(item.getEventTimeEpochMillis())
        && isSlug(item.getComponent(), true)
        && item.getSeverity() != FaultSeverity.UNRECOGNIZED;
  }

  private static boolean accepts(MaintenanceEvent item) {
    return isSlug(item.getComponent(), false)
        && isEventTime(item.getEventTimeEpochMillis())
        && item.getKind() != MaintenanceKind.UNRECOGNIZED;
  }

  private static boolean accepts(OperatingStateChange item) {
    return item.getState() != OperatingState.UNRECOGNIZED
        && item.getState() != OperatingState.OPERATING_STATE_UNSPECIFIED
        && isEventTime(item.getEventTimeEpochMillis());
  }

  private static boolean accepts(Position item) {
    return isEventTime(item.getEventTimeEpochMillis()) && isOnEarth(item);
  }

  private static boolean accepts(Waveform item) {
    int plain = item.getSamplesCount();
    int scaled = item.getScaledSamplesCount();
    return isChannel(item.getChannel())
        && isEventTime(item.getEventTimeEpochMillis())
        && isWithin(item.getSamplingRateHz(), 1, 10_000_000)
        && isAtMost(item.getUnit(), 16)
        && (plain == 0 || scaled == 0)
        && plain + scaled >= FEWEST_SAMPLES
        && plain + scaled <= MOST_SAMPLES
        && isWithin(item.getScale(), 0, 1_000_000_000)
        && (scaled == 0 || item.getScale() > 0)
        && areFinite(item);
  }

  /** Whether every sample that is not a whole number is finite. */
  public static boolean areFinite(Waveform item) {
    for (int i = 0; i < item.getSamplesCount(); i++) {
      if (!Float.isFinite(item.getSamples(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether every number of a fix lies within the range of its field. NaN never does. */
  public static boolean isOnEarth(Position item) {
    return isWithin(item.getLatitudeDegrees(), -90, 90)
        && isWithin(item.getLongitudeDegrees(), -180, 180)
        && (!item.hasSpeedMS() || isWithin(item.getSpeedMS(), 0, 200))
        && (!item.hasHeadingDegrees() || isWithin(item.getHeadingDegrees(), 0, 360))
        && (!item.hasAccuracyM() || isWithin(item.getAccuracyM(), 0, 100_000));
  }

  private static boolean isWithin(double value, double minimum, double maximum) {
    return value >= minimum && value <= maximum;
  }

  static boolean isEventTime(long epochMillis) {
    return epochMillis > 0 && epochMillis <= LAST_EPOCH_MILLIS;
  }

  /** Whether the text can name a channel: {@code ^[a-z][a-z0-9_]*$}, at most 64. */
  public static boolean isChannel(String text) {
    int length = text.length();
    if (length == 0 || length > 64 || !isLower(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (!isLower(c) && !isDigit(c) && c != '_') {
        return false;
      }
    }
    return true;
  }

  /** {@code ^[A-Za-z0-9][A-Za-z0-9._:-]*$}, at most 128. */
  static boolean isId(String text) {
    int length = text.length();
    if (length == 0 || length > 128) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!isLower(c)
          && !isDigit(c)
          && !(c >= 'A' && c <= 'Z')
          && (i == 0 || (c != '-' && c != '.' && c != '_' && c != ':'))) {
        return false;
      }
    }
    return true;
  }

  /** {@code ^[a-z0-9]([a-z0-9-]*[a-z0-9])?$}, at most 63. */
  static boolean isSlug(String text, boolean mayBeEmpty) {
    int length = text.length();
    if (length == 0) {
      return mayBeEmpty;
    }
    if (length > 63) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!isLower(c) && !isDigit(c) && (c != '-' || i == 0 || i == length - 1)) {
        return false;
      }
    }
    return true;
  }

  /** Length in Unicode code points, as protovalidate counts. */
  private static boolean isAtMost(String text, int codePoints) {
    return text.length() <= codePoints
        || (text.length() <= 2 * codePoints && text.codePointCount(0, text.length()) <= codePoints);
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
