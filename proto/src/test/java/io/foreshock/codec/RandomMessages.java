package io.foreshock.codec;

import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.MaintenanceEvent;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.OperatingStateChange;
import io.foreshock.proto.telemetry.v1.Position;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import io.foreshock.proto.telemetry.v1.Waveform;
import java.util.Random;

/** Messages whose fields are mostly right, and sometimes just beyond a rule. */
final class RandomMessages {
  private static final String[] TEXTS = {
    "",
    "a",
    "A",
    "-",
    "a-",
    "-a",
    "a-b",
    "a_b",
    "a.b:c",
    "a b",
    "a\n",
    "\n",
    "ä",
    "0",
    "_a",
    "a..",
    "🙂",
    "a".repeat(63),
    "a".repeat(64),
    "a".repeat(65),
    "a".repeat(128),
    "a".repeat(129),
    "🙂".repeat(64),
    "🙂".repeat(65),
    "🙂".repeat(128),
    "🙂".repeat(129)
  };
  private static final long[] TIMES = {
    Long.MIN_VALUE,
    -1,
    0,
    1,
    1_767_600_000_000L,
    4_102_444_800_000L,
    4_102_444_800_001L,
    Long.MAX_VALUE
  };
  private static final long[] NUMBERS = {
    0, 1, 42, (1L << 53) - 1, 1L << 53, -1, Long.MIN_VALUE, Long.MAX_VALUE
  };
  private static final double[] VALUES = {
    0,
    -0.0,
    1.5,
    -90,
    90,
    -180,
    180,
    200,
    360,
    100_000,
    Math.nextUp(90.0),
    Math.nextUp(180.0),
    Math.nextUp(200.0),
    Math.nextUp(360.0),
    Math.nextUp(100_000.0),
    Math.nextDown(-90.0),
    Math.nextDown(-180.0),
    -Double.MIN_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MAX_VALUE
  };

  private static final double[] RATES = {
    0,
    -1,
    1,
    Math.nextDown(1.0),
    10_000_000,
    Math.nextUp(10_000_000.0),
    1e9,
    Math.nextUp(1e9),
    Double.MIN_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY
  };

  private final Random random;

  /** One field in this many is drawn from the odd values. */
  private int oddity;

  RandomMessages(Random random) {
    this.random = random;
  }

  TelemetryMessage next() {
    oddity = 5 + random.nextInt(200);
    TelemetryMessage.Builder message =
        TelemetryMessage.newBuilder()
            .setTenant(text("acme"))
            .setDeviceId(text("pump-1"))
            .setAssetId(text("asset:7"))
            .setAssetClass(text("pump"))
            .setBootId(text("boot-1"))
            .setSequence(number(17))
            .setMessageId(text(""))
            .setSentAtEpochMillis(random.nextInt(4) == 0 ? 0 : time());
    for (int i = random.nextInt(4); i > 0; i--) {
      message.addMeasurements(
          Measurement.newBuilder()
              .setChannel(text("speed_rpm"))
              .setEventTimeEpochMillis(time())
              .setValue(value(1480)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      message.addFaultCodes(
          FaultCode.newBuilder()
              .setCode(text("P0217"))
              .setEventTimeEpochMillis(time())
              .setComponent(text("bearing"))
              .setSeverityValue(enumNumber(4)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      message.addMaintenanceEvents(
          MaintenanceEvent.newBuilder()
              .setComponent(text("bearing"))
              .setEventTimeEpochMillis(time())
              .setKindValue(enumNumber(4)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      message.addOperatingStateChanges(
          OperatingStateChange.newBuilder()
              .setStateValue(odd() ? 0 : 1 + enumNumber(5))
              .setEventTimeEpochMillis(time()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      Position.Builder position =
          Position.newBuilder()
              .setEventTimeEpochMillis(time())
              .setLatitudeDegrees(value(48))
              .setLongitudeDegrees(value(16));
      if (random.nextBoolean()) {
        position.setSpeedMS(value(20));
      }
      if (random.nextBoolean()) {
        position.setHeadingDegrees(value(270));
      }
      if (random.nextBoolean()) {
        position.setAccuracyM(value(5));
      }
      message.addPositions(position);
    }
    for (int i = random.nextInt(8) == 0 ? 1 + random.nextInt(2) : 0; i > 0; i--) {
      message.addWaveforms(waveform());
    }
    if (random.nextInt(500) == 0) {
      crowd(message);
    }
    return message.build();
  }

  private Waveform waveform() {
    Waveform.Builder waveform =
        Waveform.newBuilder()
            .setChannel(text("acceleration_g"))
            .setEventTimeEpochMillis(time())
            .setSamplingRateHz(
                odd() ? RATES[random.nextInt(RATES.length)] : 1 + random.nextInt(100_000))
            .setUnit(text("g"));
    boolean scaled = random.nextBoolean();
    int count = odd() ? 62 + random.nextInt(4) : 64 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      if (scaled) {
        waveform.addScaledSamples(random.nextInt());
      } else {
        waveform.addSamples(
            random.nextInt(40 * oddity) == 0 ? Float.NEGATIVE_INFINITY : random.nextFloat());
      }
    }
    if (odd()) {
      waveform.addSamples(1);
    }
    if (odd()) {
      waveform.setScale(RATES[random.nextInt(RATES.length)]);
    } else if (scaled) {
      waveform.setScale(0.001);
    }
    return waveform.build();
  }

  /** A list at its limit, or one beyond it. */
  private void crowd(TelemetryMessage.Builder message) {
    int more = random.nextInt(2);
    FaultCode fault = FaultCode.newBuilder().setCode("P1").setEventTimeEpochMillis(1).build();
    switch (random.nextInt(4)) {
      case 0:
        message.clearFaultCodes();
        while (message.getFaultCodesCount() < 1_000 + more) {
          message.addFaultCodes(fault);
        }
        break;
      case 1:
        message.clearOperatingStateChanges();
        OperatingStateChange change =
            OperatingStateChange.newBuilder().setStateValue(1).setEventTimeEpochMillis(1).build();
        while (message.getOperatingStateChangesCount() < 1_000 + more) {
          message.addOperatingStateChanges(change);
        }
        break;
      case 2:
        message.clearWaveforms();
        Waveform waveform = waveform();
        while (message.getWaveformsCount() < 16 + more) {
          message.addWaveforms(waveform);
        }
        break;
      default:
        message.clearMaintenanceEvents();
        MaintenanceEvent event =
            MaintenanceEvent.newBuilder().setComponent("a").setEventTimeEpochMillis(1).build();
        while (message.getMaintenanceEventsCount() < 1_000 + more) {
          message.addMaintenanceEvents(event);
        }
    }
  }

  private boolean odd() {
    return random.nextInt(oddity) == 0;
  }

  private String text(String usual) {
    return odd() ? TEXTS[random.nextInt(TEXTS.length)] : usual;
  }

  private long time() {
    return odd() ? TIMES[random.nextInt(TIMES.length)] : 1_767_600_000_000L + random.nextInt();
  }

  private long number(long usual) {
    return odd() ? NUMBERS[random.nextInt(NUMBERS.length)] : usual;
  }

  private double value(double usual) {
    return odd() ? VALUES[random.nextInt(VALUES.length)] : usual;
  }

  private int enumNumber(int known) {
    return odd() ? random.nextInt(12) - 2 : random.nextInt(known);
  }
}
