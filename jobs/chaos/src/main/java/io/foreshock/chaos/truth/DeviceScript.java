package io.foreshock.chaos.truth;

import com.google.protobuf.ByteString;
import io.foreshock.chaos.truth.Outgoing.Letter;
import io.foreshock.model.DeadLetter.Reason;
import io.foreshock.proto.telemetry.v1.FaultCode;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One device: goes through episodes of {@value #EPISODE} messages (shakes, reports a fault, is calm
 * again, twice nothing), each of which is one detection, and has bad luck with some messages.
 *
 * <p>All choices follow from the seed; only event times follow from the clock. A detection never
 * depends on a message that is lost, late or broken: those are the last two of an episode.
 */
final class DeviceScript {
  static final int EPISODE = 5;
  static final String ASSET_CLASS = "pump";
  static final String SHAKING = "vibration_rms_mm_s";
  static final String HEAT = "bearing_temperature_c";
  static final String FAULT = "E42";

  private static final long OFFLINE_MILLIS = Duration.ofDays(3).toMillis();
  private static final long OFFLINE_END_MILLIS = Duration.ofHours(1).toMillis();
  private static final long AHEAD_MILLIS = Duration.ofHours(6).toMillis();
  private static final long BACK_MILLIS = Duration.ofDays(90).toMillis();
  private static final int REMEMBERED = 8;
  private static final int RESTART_REST = 20;

  private final String tenant;
  private final String device;
  private final DeviceKind kind;
  private final Random random;
  private final LongSupplier clock;
  private final LongSupplier ids;
  private final int backlogSize;
  private final boolean unlucky;
  private final List<Outgoing> recent = new ArrayList<>();
  private Outgoing held;
  private int boot;
  private int sinceRestart;
  private long sequence;
  private long order;
  private long made;
  private long backlogStartMillis;
  private long lastMillis;
  private long shakesMillis;

  /**
   * @param ids gives every record of the run its id
   * @param backlogSize messages that an offline device uploads; whole episodes
   * @param unlucky whether anything happens to its messages at all
   */
  DeviceScript(
      String tenant,
      String device,
      DeviceKind kind,
      Random random,
      LongSupplier clock,
      LongSupplier ids,
      int backlogSize,
      boolean unlucky) {
    this.unlucky = unlucky;
    this.tenant = tenant;
    this.device = device;
    this.kind = kind;
    this.random = random;
    this.clock = clock;
    this.ids = ids;
    this.backlogSize = backlogSize / EPISODE * EPISODE;
    sequence = kind == DeviceKind.MET_LATE ? 1_000 + random.nextInt(1_000) : 0;
  }

  DeviceKind kind() {
    return kind;
  }

  /** All that an offline device has kept; nothing for the others. */
  void upload(Consumer<Outgoing> out) {
    while (hasBacklog()) {
      next(out);
    }
  }

  /** Whether the next message is one of those that an offline device has kept. */
  boolean hasBacklog() {
    return kind == DeviceKind.OFFLINE && made < backlogSize;
  }

  /** Completes the episode, hands out what is held back. */
  void finish(Consumer<Outgoing> out) {
    while (made % EPISODE != 0) {
      next(out);
    }
  }

  /** The next message, or none when it is lost, with what happens beside it. */
  void next(Consumer<Outgoing> out) {
    int step = (int) (made % EPISODE);
    boolean matters = step < 3;
    Disturbance disturbance = unlucky ? Disturbance.of(random.nextDouble(), matters) : null;
    boolean numbered = kind != DeviceKind.WITHOUT_NUMBERS;
    if (disturbance == Disturbance.RESTARTED
        && numbered
        && held == null
        && sinceRestart > RESTART_REST) {
      boot++;
      sequence = 0;
      sinceRestart = 0;
    }
    if (disturbance == Disturbance.UNREADABLE) {
      out.accept(refused(unreadable(), Reason.MALFORMED, ""));
    }
    if (disturbance == Disturbance.WRONG_TENANT) {
      out.accept(refused(ofAnotherTenant(), Reason.WRONG_TENANT, device));
    }
    Outgoing record = message(step, disturbance);
    made++;
    sinceRestart++;
    if (disturbance == Disturbance.LOST && numbered && held == null && sinceRestart > 1) {
      order--;
      return;
    }
    if (disturbance == Disturbance.SWAPPED
        && numbered
        && held == null
        && step == EPISODE - 2
        && sinceRestart > 1) {
      held = record;
      return;
    }
    send(record, out);
    if (held != null) {
      send(held, out);
      held = null;
    }
    if (disturbance == Disturbance.REPEATED_AT_ONCE) {
      out.accept(again(record));
    } else if (disturbance == Disturbance.REPEATED_LATER) {
      out.accept(again(recent.get(random.nextInt(recent.size()))));
    }
  }

  private void send(Outgoing record, Consumer<Outgoing> out) {
    if (recent.size() == REMEMBERED) {
      recent.remove(0);
    }
    recent.add(record);
    out.accept(record);
  }

  private Outgoing message(int step, Disturbance disturbance) {
    long now = nextEventTime();
    TelemetryMessage identity = identity();
    TelemetryMessage.Builder passes = identity.toBuilder();
    switch (step) {
      case 0 -> passes.addMeasurements(reading(SHAKING, now, 8.5));
      case 1 ->
          passes.addFaultCodes(FaultCode.newBuilder().setCode(FAULT).setEventTimeEpochMillis(now));
      default -> passes.addMeasurements(reading(SHAKING, now, 2.0 + step));
    }
    passes.addMeasurements(reading(HEAT, now, 20 + random.nextInt(60_000) / 1000.0));
    TelemetryMessage.Builder sent = passes.clone();
    TelemetryMessage behind = null;
    List<Letter> letters = List.of();
    int index = sent.getMeasurementsCount();
    if (disturbance == Disturbance.FUTURE_READING) {
      Measurement ahead = reading(HEAT, clock.getAsLong() + AHEAD_MILLIS, 50);
      sent.addMeasurements(ahead);
      letters = List.of(refusedItem(index, Reason.IN_THE_FUTURE, ahead));
    } else if (disturbance == Disturbance.OUT_OF_RANGE) {
      Measurement tooHot = reading(HEAT, now, 9_999);
      sent.addMeasurements(tooHot);
      letters = List.of(refusedItem(index, Reason.OUT_OF_RANGE, tooHot));
    } else if (disturbance == Disturbance.OLD_READING && made > 0) {
      Measurement old = reading(HEAT, now - BACK_MILLIS, 40 + random.nextInt(1_000) / 100.0);
      sent.addMeasurements(old);
      behind = identity.toBuilder().addMeasurements(old).build();
    } else if (disturbance == Disturbance.BROKEN_CONTRACT) {
      sent.addMeasurements(Measurement.newBuilder().setEventTimeEpochMillis(now).setValue(1));
      passes = identity.toBuilder();
      letters = List.of(refusedRecord(Reason.MISSING_FIELD, sent.build().toByteArray(), device));
    }
    if (step == 0) {
      shakesMillis = now;
    }
    Episode episode = step == 1 ? new Episode(shakesMillis, now) : null;
    DeviceMessage message =
        new DeviceMessage(tenant, device, order++, passes.build(), behind, episode);
    return new Outgoing(
        ids.getAsLong(), tenant, device, sent.build().toByteArray(), message, letters);
  }

  private TelemetryMessage identity() {
    TelemetryMessage.Builder identity =
        TelemetryMessage.newBuilder().setDeviceId(device).setAssetClass(ASSET_CLASS);
    if (kind == DeviceKind.WITHOUT_NUMBERS) {
      return identity.setMessageId(device + "-" + made).build();
    }
    return identity.setBootId(device + "-boot-" + boot).setSequence(sequence++).build();
  }

  private long nextEventTime() {
    long now = clock.getAsLong();
    if (hasBacklog()) {
      backlogStartMillis = made == 0 ? now - OFFLINE_MILLIS : backlogStartMillis;
      now = backlogStartMillis + made * ((OFFLINE_MILLIS - OFFLINE_END_MILLIS) / backlogSize);
    }
    lastMillis = Math.max(now, lastMillis + 1);
    return lastMillis;
  }

  private Outgoing again(Outgoing record) {
    return new Outgoing(
        ids.getAsLong(),
        record.tenant(),
        record.device(),
        record.value(),
        record.message(),
        record.letters());
  }

  /**
   * @param named device that the record names as far as anybody can read it
   */
  private Outgoing refused(byte[] value, Reason reason, String named) {
    List<Letter> letters = List.of(refusedRecord(reason, value, named));
    return new Outgoing(ids.getAsLong(), tenant, device, value, null, letters);
  }

  private static Letter refusedRecord(Reason reason, byte[] value, String named) {
    return new Letter(-1, reason, value, named, "");
  }

  private Letter refusedItem(int index, Reason reason, Measurement item) {
    return new Letter(index, reason, item.toByteArray(), device, item.getChannel());
  }

  /** A device id of 127 bytes of which a few are there. */
  private byte[] unreadable() {
    byte[] rest = new byte[1 + random.nextInt(40)];
    random.nextBytes(rest);
    return ByteString.copyFrom(new byte[] {0x12, 0x7f})
        .concat(ByteString.copyFrom(rest))
        .toByteArray();
  }

  private byte[] ofAnotherTenant() {
    return TelemetryMessage.newBuilder()
        .setTenant("nobody")
        .setDeviceId(device)
        .setMessageId("stray-" + made)
        .build()
        .toByteArray();
  }

  private static Measurement reading(String channel, long eventTimeMillis, double value) {
    return Measurement.newBuilder()
        .setChannel(channel)
        .setEventTimeEpochMillis(eventTimeMillis)
        .setValue(value)
        .build();
  }
}
