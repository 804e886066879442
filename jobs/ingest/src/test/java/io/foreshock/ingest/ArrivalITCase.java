package io.foreshock.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.ingest.Runs.Results;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However messages arrive, each device's come out the same. */
class ArrivalITCase {
  private static final int PARTITIONS = 4;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long DAY = 24 * 60 * MINUTE;

  private static final IngestConfig CONFIG = withoutReports(IngestConfig.of(ChannelRegistry.EMPTY));

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private static IngestConfig withoutReports(IngestConfig config) {
    return new IngestConfig(
        config.decode(), config.order().withLinkPeriod(Duration.ZERO), config.channels());
  }

  /** What each device said, in the order in which it came out; how it arrived is left out. */
  private static Map<String, List<String>> byDevice(Collection<TelemetryBatch> batches) {
    Map<String, List<String>> devices = new TreeMap<>();
    for (TelemetryBatch batch : batches) {
      devices
          .computeIfAbsent(batch.deviceId(), id -> new ArrayList<>())
          .add(batch.sequence() + " " + batch.measurements());
    }
    return devices;
  }

  /**
   * 1,000 devices send each 10 s for two minutes. Device 0 was offline for three days and uploads
   * what it measured meanwhile, or was online and sent it all in time.
   */
  private static List<List<RawRecord>> thousandDevices(boolean oneWasOffline) {
    Fleet fleet = new Fleet(PARTITIONS);
    int stored = (int) (3 * DAY / (10 * MINUTE));
    for (int number = 0; number < stored; number++) {
      long measured = Fleet.START + number * 10 * MINUTE;
      long upload = Fleet.START + 3 * DAY + 20 * SECOND + number * SECOND / 10;
      fleet.send(0, Fleet.message(0, number, measured, oneWasOffline ? upload : measured));
    }
    for (int device = 1; device < 1_000; device++) {
      for (int number = 0; number < 12; number++) {
        long time = Fleet.START + 3 * DAY + number * 10 * SECOND + device;
        fleet.send(device, Fleet.message(device, number, time, time));
      }
    }
    return fleet.records();
  }

  @Test
  void aDeviceThatWasOfflineForDaysIsInOrderAndNobodyElseNotices(
      @InjectMiniCluster MiniCluster cluster) throws Exception {
    Runs runs = new Runs(cluster, CONFIG);
    Results inTime = runs.complete(thousandDevices(false), 2);
    Results offline = runs.complete(thousandDevices(true), 2);

    assertThat(offline.backfill()).as("late").isEmpty();
    assertThat(offline.deadLetters()).isEmpty();
    assertThat(byDevice(offline.telemetry())).isEqualTo(byDevice(inTime.telemetry()));
    assertThat(offline.telemetry())
        .filteredOn(batch -> !batch.deviceId().equals("pump-0"))
        .hasSize(999 * 12)
        .noneMatch(TelemetryBatch::backlog);
    assertThat(offline.telemetry())
        .filteredOn(batch -> batch.deviceId().equals("pump-0"))
        .hasSize(432)
        .filteredOn(batch -> !batch.backlog())
        .as("of the uploads, the youngest are live")
        .hasSizeLessThan(3);
  }

  /** Each device's messages in any order within the wait, some of them twice. */
  private static List<List<RawRecord>> shuffled(long seed, boolean shuffle) {
    Random random = new Random(seed);
    Fleet fleet = new Fleet(PARTITIONS);
    for (int device = 0; device < 40; device++) {
      List<Long> numbers = new ArrayList<>();
      for (long number = 0; number < 100; number++) {
        numbers.add(number);
      }
      // The first message starts the device; blocks of five then stay within the wait of 10 s.
      for (int from = 1; shuffle && from + 5 <= 100; from += 5) {
        Collections.shuffle(numbers.subList(from, from + 5), random);
      }
      for (int place = 0; place < 100; place++) {
        long number = numbers.get(place);
        long appended = Fleet.START + 10 * MINUTE + place * SECOND;
        long measured = Fleet.START + 10 * MINUTE + (number - 6) * SECOND;
        fleet.send(device, Fleet.message(device, number, measured, appended));
        if (shuffle && random.nextInt(4) == 0) {
          fleet.send(device, Fleet.message(device, number, measured, appended + 3 * SECOND));
        }
      }
    }
    return fleet.records();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyOrderWithinTheWaitComesOutTheSame(
      long seed, @InjectMiniCluster MiniCluster cluster, @TempDir Path folder) throws Exception {
    Runs runs = new Runs(cluster, CONFIG);
    Results inOrder = runs.complete(shuffled(seed, false), 2);
    Results shuffled = runs.interrupted(shuffled(seed, true), 2, 3, 0.4, folder);

    assertThat(shuffled.backfill()).as("seed " + seed).isEmpty();
    assertThat(byDevice(shuffled.telemetry()))
        .as("seed " + seed)
        .isEqualTo(byDevice(inOrder.telemetry()));
    assertThat(inOrder.telemetry()).hasSize(40 * 100);
  }

  /** A gap is given up by the clock alone: a registry that says nothing must not stop it. */
  @Test
  void timeMovesThoughTheAssetRegistrySaysNothing(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    Fleet fleet = new Fleet(1);
    fleet.send(0, Fleet.message(0, 0, Fleet.START, Fleet.START));
    fleet.send(0, Fleet.message(0, 2, Fleet.START + SECOND, Fleet.START + SECOND));
    // An hour of another device, whose last message the source keeps back.
    for (int minute = 1; minute <= 60; minute++) {
      long time = Fleet.START + minute * MINUTE;
      fleet.send(1, Fleet.message(1, minute - 1, time, time));
    }

    Results results =
        new Runs(cluster, CONFIG)
            .withSilentRegistry(
                fleet.records(),
                soFar -> byDevice(soFar.telemetry()).getOrDefault("pump-0", List.of()).size() == 2);

    assertThat(results.telemetry()).anyMatch(batch -> batch.sequence() == 2);
  }
}
