package io.foreshock.samples;

import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Position;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Telemetry for tests, one message at a time:
 *
 * <pre>{@code
 * TelemetryBatch batch =
 *     Readings.of(Assets.PUMP).sequence(3).reading("bearing_temperature_c", "08:00:10", 71.2).batch();
 * RawRecord record = Readings.of(Assets.PUMP).at("08:00:10").reading("speed_rpm", 1480).record(42);
 * }</pre>
 *
 * <p>Unless said otherwise: the device is the asset, boot {@code boot-1}, sequence 0, the broker
 * appends at the newest event time, nothing is backlog. {@link #at} sets the time of what follows.
 */
public final class Readings {
  /** The day of {@link #at(String)}. */
  public static final LocalDate DAY = LocalDate.of(2026, 1, 5);

  private final AssetRef asset;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<FaultCode> faultCodes = new ArrayList<>();
  private final List<MaintenanceEvent> maintenanceEvents = new ArrayList<>();
  private final List<OperatingStateChange> operatingStateChanges = new ArrayList<>();
  private final List<Position> positions = new ArrayList<>();
  private String deviceId;
  private String bootId = "boot-1";
  private long sequence;
  private String messageId = "";
  private long now = time("08:00:00");
  private long appendTimeMillis = Long.MIN_VALUE;
  private boolean backlog;

  private Readings(AssetRef asset) {
    this.asset = asset;
    this.deviceId = asset.assetId();
  }

  public static Readings of(AssetRef asset) {
    return new Readings(asset);
  }

  /** Milliseconds since 1970 of a time such as {@code 08:00:10} or {@code 08:00:10.250}, UTC. */
  public static long time(String time) {
    return time(0, time);
  }

  /** The same, {@code days} after {@link #DAY}. */
  public static long time(int days, String time) {
    return DAY.plusDays(days)
        .atTime(LocalTime.parse(time))
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }

  public Readings device(String deviceId) {
    this.deviceId = deviceId;
    return this;
  }

  public Readings boot(String bootId) {
    this.bootId = bootId;
    return this;
  }

  public Readings sequence(long sequence) {
    this.sequence = sequence;
    return this;
  }

  /** The device has no counter; its messages are told apart by this. */
  public Readings unsequenced(String messageId) {
    this.bootId = "";
    this.sequence = 0;
    this.messageId = messageId;
    return this;
  }

  /** Event time of what follows. */
  public Readings at(String time) {
    return at(time(time));
  }

  /** Event time of what follows, in milliseconds since 1970. */
  public Readings at(long epochMillis) {
    this.now = epochMillis;
    return this;
  }

  public Readings appendedAt(String time) {
    return appendedAt(time(time));
  }

  public Readings appendedAt(long epochMillis) {
    this.appendTimeMillis = epochMillis;
    return this;
  }

  public Readings backlog() {
    this.backlog = true;
    return this;
  }

  public Readings reading(String channel, double value) {
    measurements.add(new Measurement(channel, now, value));
    return this;
  }

  public Readings reading(String channel, String time, double value) {
    return at(time).reading(channel, value);
  }

  public Readings fault(String code) {
    return fault(code, "", FaultCode.Severity.ERROR);
  }

  public Readings fault(String code, String component, FaultCode.Severity severity) {
    faultCodes.add(new FaultCode(code, now, component, severity));
    return this;
  }

  public Readings maintenance(String component, MaintenanceEvent.Kind kind) {
    maintenanceEvents.add(new MaintenanceEvent(component, now, kind));
    return this;
  }

  public Readings state(OperatingStateChange.State state) {
    operatingStateChanges.add(new OperatingStateChange(state, now));
    return this;
  }

  public Readings position(double latitudeDegrees, double longitudeDegrees) {
    positions.add(
        new Position(now, latitudeDegrees, longitudeDegrees, Double.NaN, Double.NaN, Double.NaN));
    return this;
  }

  /** The message after every check, its lists in order. */
  public TelemetryBatch batch() {
    long appended = appendTimeMillis == Long.MIN_VALUE ? now : appendTimeMillis;
    return new TelemetryBatch(
        asset,
        deviceId,
        bootId,
        sequence,
        messageId,
        appended,
        backlog,
        measurements.stream()
            .sorted(
                Comparator.comparingLong(Measurement::eventTimeMillis)
                    .thenComparing(Measurement::channel))
            .toList(),
        faultCodes.stream().sorted(Comparator.comparingLong(FaultCode::eventTimeMillis)).toList(),
        maintenanceEvents.stream()
            .sorted(Comparator.comparingLong(MaintenanceEvent::eventTimeMillis))
            .toList(),
        operatingStateChanges.stream()
            .sorted(Comparator.comparingLong(OperatingStateChange::eventTimeMillis))
            .toList(),
        positions.stream().sorted(Comparator.comparingLong(Position::eventTimeMillis)).toList());
  }

  /** The bytes as the device sends them. */
  public byte[] bytes() {
    return TelemetryCodec.encode(batch());
  }

  /** The record as the broker delivers it, from partition 0 of {@code <tenant>.telemetry.raw}. */
  public RawRecord record(long offset) {
    return record(asset.tenant(), offset, batch().appendTimeMillis(), bytes());
  }

  /** A record of any bytes. */
  public static RawRecord record(String tenant, long offset, long appendTimeMillis, byte[] value) {
    return new RawRecord(
        tenant, tenant + ".telemetry.raw", 0, offset, appendTimeMillis, new byte[0], value);
  }
}
