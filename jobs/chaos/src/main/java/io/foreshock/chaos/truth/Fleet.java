package io.foreshock.chaos.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Devices of several tenants. What each does follows from the seed; devices take turns, so the n-th
 * record of two runs is the same but for its event times. Not thread-safe.
 */
public final class Fleet {
  /** Part of the turns after which the first offline device comes back, of the first 100 turns. */
  private static final int FIRST_UPLOAD = 5;

  private static final int LAST_UPLOAD = 60;

  private final List<DeviceScript> devices = new ArrayList<>();
  private final List<Integer> uploadTurn = new ArrayList<>();
  private final Random random;
  private final LongSupplier clock;
  private long nextId;
  private int position;
  private int turn;

  /**
   * @param devices devices of each tenant
   * @param backlogSize messages that an offline device uploads when it is back
   * @param clock the devices' clock, milliseconds since 1970
   */
  public Fleet(long seed, List<String> tenants, int devices, int backlogSize, LongSupplier clock) {
    this.random = new Random(seed);
    this.clock = clock;
    for (String tenant : tenants) {
      for (int number = 0; number < devices; number++) {
        DeviceKind kind = DeviceKind.of(number);
        this.devices.add(
            new DeviceScript(
                tenant,
                "device-" + number,
                kind,
                new Random(random.nextLong()),
                clock,
                () -> nextId++,
                backlogSize,
                true));
        uploadTurn.add(
            kind == DeviceKind.OFFLINE
                ? FIRST_UPLOAD + random.nextInt(LAST_UPLOAD - FIRST_UPLOAD)
                : 0);
      }
    }
  }

  private Fleet(Random random, LongSupplier clock) {
    this.random = random;
    this.clock = clock;
  }

  /** Devices that are always online and to which nothing happens. */
  public static Fleet healthy(long seed, String tenant, int devices, LongSupplier clock) {
    Fleet fleet = new Fleet(new Random(seed), clock);
    for (int number = 0; number < devices; number++) {
      fleet.devices.add(fleet.healthyDevice(tenant, "device-" + number, DeviceKind.ONLINE, 0));
      fleet.uploadTurn.add(0);
    }
    return fleet;
  }

  /** A device that is back after three days offline with these messages; takes no turns. */
  public Upload offlineDevice(String tenant, String device, int messages) {
    return new Upload(healthyDevice(tenant, device, DeviceKind.OFFLINE, messages));
  }

  private DeviceScript healthyDevice(
      String tenant, String device, DeviceKind kind, int backlogSize) {
    return new DeviceScript(
        tenant,
        device,
        kind,
        new Random(random.nextLong()),
        clock,
        () -> nextId++,
        backlogSize,
        false);
  }

  /** The next device's turn: usually one record, none when it is lost, many after days offline. */
  public void next(Consumer<Outgoing> out) {
    DeviceScript device = devices.get(position);
    if (turn == uploadTurn.get(position)) {
      device.upload(out);
    }
    if (turn >= uploadTurn.get(position)) {
      device.next(out);
    }
    position++;
    if (position == devices.size()) {
      position = 0;
      turn++;
    }
  }

  /** Lets every device complete what it has begun, uploads included. */
  public void finish(Consumer<Outgoing> out) {
    for (int i = 0; i < devices.size(); i++) {
      if (turn <= uploadTurn.get(i)) {
        devices.get(i).upload(out);
      }
      devices.get(i).finish(out);
    }
  }
}
