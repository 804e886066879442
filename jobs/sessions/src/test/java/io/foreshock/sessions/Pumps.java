package io.foreshock.sessions;

import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Pumps that start and stop for two days, a message each two minutes. Each pump is on a clock of
 * its own: pump n is n days behind the first, as if it had been offline. Now and then a block of
 * messages comes hours late, all at once.
 */
final class Pumps {
  private static final int MINUTES = 2 * 24 * 60;

  private final Clean clean;

  Pumps(int pumps, int partitions) {
    this(pumps, partitions, 20_261_120);
  }

  Pumps(int pumps, int partitions, long seed) {
    clean = new Clean(partitions);
    List<TelemetryBatch> all = new ArrayList<>();
    for (int pump = 0; pump < pumps; pump++) {
      all.addAll(messages(pump, new Random(seed + pump)));
    }
    all.sort(Comparator.comparingLong(TelemetryBatch::appendTimeMillis));
    all.forEach(clean::send);
  }

  List<List<RawRecord>> records() {
    return clean.records();
  }

  private static List<TelemetryBatch> messages(int pump, Random random) {
    List<Integer> minutes = new ArrayList<>();
    Set<Integer> late = new HashSet<>();
    for (int minute = 0; minute < MINUTES; minute += 2) {
      minutes.add(minute);
    }
    // From the end, so that a block is not torn apart by the next.
    for (int i = 3; i >= 0; i--) {
      int from = i * 330 + random.nextInt(150);
      List<Integer> block = new ArrayList<>(minutes.subList(from, from + 20));
      minutes.subList(from, from + 20).clear();
      minutes.addAll(from + 100, block);
      late.addAll(block);
    }
    boolean[] runs = new boolean[MINUTES];
    for (int minute = 1; minute < MINUTES; minute++) {
      runs[minute] = random.nextInt(30) == 0 ? !runs[minute - 1] : runs[minute - 1];
    }
    List<TelemetryBatch> messages = new ArrayList<>();
    long appendTime = Readings.time("00:00:00");
    for (int minute : minutes) {
      appendTime += late.contains(minute) ? 1 : 120_000;
      messages.add(
          Readings.of(Assets.pump("pump-" + pump))
              .sequence(messages.size())
              .at(Readings.time(-pump, "00:00:00") + minute * 60_000L)
              .reading("motor_current_a", runs[minute] ? 10 + minute % 7 : 0)
              .reading("motor_power_kw", runs[minute] ? 4 + minute % 5 : 0)
              .appendedAt(appendTime)
              .batch());
    }
    return messages;
  }
}
