package io.foreshock.samples;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FaultCode;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.OperatingStateChange;
import io.foreshock.model.Position;
import io.foreshock.model.TelemetryBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/**
 * Messages of everything that a message can hold, the same for the same seed and number: three
 * tenants, devices with and without counters, several devices on an asset, several values of one
 * channel at one time, times around midnight, and days of backlog.
 */
public final class RandomTelemetry implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String[] TENANTS = {"acme", "globex", "initech"};
  private static final String[] CHANNELS = {
    "bearing_temperature_c", "vibration_rms_mm_s", "speed_rpm", "suction_pressure_bar"
  };
  // A controller may name its codes as it likes.
  private static final String[] CODES = {"P0217", "E 17", "Überlauf ⚠", "nul\u0000nul", "it's"};
  private static final long DAY = 24L * 60 * 60 * 1000;

  private final long seed;

  public RandomTelemetry(long seed) {
    this.seed = seed;
  }

  /** The message with this number. */
  public TelemetryBatch batch(long number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    int asset = random.nextInt(24);
    String deviceId = "device-" + asset + (random.nextInt(3) == 0 ? "-b" : "-a");
    boolean sequenced = asset % 4 != 0;
    boolean backlog = random.nextInt(30) == 0;
    long time =
        Readings.time("23:58:00")
            + random.nextLong(240_000)
            - (backlog ? random.nextLong(5 * DAY) : 0);
    List<Measurement> measurements = measurements(random, time);
    List<FaultCode> faults = faults(random, time);
    List<MaintenanceEvent> work = new ArrayList<>();
    if (random.nextInt(20) == 0) {
      work.add(new MaintenanceEvent("bearing", time, one(random, MaintenanceEvent.Kind.values())));
    }
    List<OperatingStateChange> states = new ArrayList<>();
    if (random.nextInt(8) == 0) {
      states.add(new OperatingStateChange(one(random, OperatingStateChange.State.values()), time));
    }
    return new TelemetryBatch(
        new AssetRef(TENANTS[asset % 3], "asset-" + asset, asset % 5 == 0 ? "" : "pump"),
        deviceId,
        sequenced ? "boot-1" : "",
        sequenced ? number : 0,
        sequenced ? "" : "message-" + number,
        Readings.time("23:59:59") + number,
        backlog,
        measurements,
        faults,
        work,
        states,
        positions(random, time));
  }

  private static List<Measurement> measurements(SplittableRandom random, long time) {
    List<Measurement> all = new ArrayList<>();
    int size = random.nextInt(12);
    for (int i = 0; i < size; i++) {
      // Few distinct times: some channels have several values at one of them.
      long at = time + 1000L * random.nextInt(6);
      all.add(
          new Measurement(CHANNELS[random.nextInt(CHANNELS.length)], at, random.nextDouble() * 99));
    }
    all.sort(
        Comparator.comparingLong(Measurement::eventTimeMillis).thenComparing(Measurement::channel));
    return all;
  }

  private static List<FaultCode> faults(SplittableRandom random, long time) {
    List<FaultCode> all = new ArrayList<>();
    int size = Math.max(0, random.nextInt(8) - 5);
    for (int i = 0; i < size; i++) {
      all.add(
          new FaultCode(
              CODES[random.nextInt(CODES.length)],
              time + 1000L * random.nextInt(2),
              random.nextBoolean() ? "" : "motor",
              one(random, FaultCode.Severity.values())));
    }
    return sorted(all, FaultCode::eventTimeMillis);
  }

  private static List<Position> positions(SplittableRandom random, long time) {
    List<Position> all = new ArrayList<>();
    int size = Math.max(0, random.nextInt(6) - 3);
    for (int i = 0; i < size; i++) {
      all.add(
          new Position(
              time + 1000L * i,
              random.nextDouble() * 180 - 90,
              random.nextDouble() * 360 - 180,
              random.nextBoolean() ? Double.NaN : 12.5,
              random.nextBoolean() ? Double.NaN : 270,
              random.nextBoolean() ? Double.NaN : 3));
    }
    return all;
  }

  private static <T> List<T> sorted(List<T> all, ToLongFunction<T> time) {
    all.sort(Comparator.comparingLong(time));
    return all;
  }

  private static <T> T one(SplittableRandom random, T[] all) {
    return all[random.nextInt(all.length)];
  }
}
