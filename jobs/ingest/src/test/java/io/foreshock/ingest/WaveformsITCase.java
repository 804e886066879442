package io.foreshock.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Measurement;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import io.foreshock.samples.Waves;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Waveforms of the catalogue through the whole job: readings come out, in order and once. */
class WaveformsITCase {
  private static final int PARTITIONS = 2;
  private static final int MESSAGES = 24;
  private static final double RATE = 25_600;
  private static final int COUNT = 4_096;
  private static final long SECOND = 1_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private static IngestConfig config() {
    IngestConfig config = IngestConfig.of(ChannelCatalogue.load());
    return new IngestConfig(
        config.decode(), config.order().withLinkPeriod(Duration.ZERO), config.channels());
  }

  /**
   * Two pumps that send a block each ten seconds; in pairs swapped, and each third twice, or as
   * they were measured.
   */
  private static List<List<RawRecord>> fleet(boolean shuffled) {
    Fleet fleet = new Fleet(PARTITIONS);
    for (int device = 0; device < 2; device++) {
      for (int place = 0; place < MESSAGES; place++) {
        int number = shuffled && place > 1 ? place ^ 1 : place;
        long measured = Fleet.START + number * 10 * SECOND;
        long appended = Fleet.START + 60 * SECOND + place * SECOND;
        byte[] message = message(device, number, measured);
        fleet.send(device, appended, message);
        if (shuffled && place % 3 == 0) {
          fleet.send(device, appended + 2 * SECOND, message);
        }
      }
    }
    return fleet.records();
  }

  private static byte[] message(int device, int number, long measured) {
    return Waves.message(
            Readings.of(Assets.pump("pump-" + device))
                .sequence(number)
                .at(measured)
                .reading("shaft_speed_rpm", 1_500),
            Waves.waveform(
                "bearing_6205_acceleration_wave_g",
                measured,
                RATE,
                Waves.samples(
                    Waves.sum(Waves.sine(100, 0.1 + 0.01 * number), Waves.noise(0.01, number)),
                    COUNT,
                    RATE)))
        .toByteArray();
  }

  private static Map<String, List<String>> byDevice(Collection<TelemetryBatch> batches) {
    Map<String, List<String>> devices = new TreeMap<>();
    for (TelemetryBatch batch : batches) {
      devices
          .computeIfAbsent(batch.deviceId(), id -> new ArrayList<>())
          .add(batch.sequence() + " " + batch.measurements());
    }
    return devices;
  }

  @Test
  void blocksThatComeInAnyOrderAndTwiceBecomeTheSameReadings(
      @InjectMiniCluster MiniCluster cluster, @TempDir Path folder) throws Exception {
    Runs runs = new Runs(cluster, config());
    Runs.Results inOrder = runs.complete(fleet(false), 2);
    Runs.Results shuffled = runs.interrupted(fleet(true), 2, 3, 0.4, folder);

    assertThat(inOrder.deadLetters()).isEmpty();
    assertThat(shuffled.deadLetters()).isEmpty();
    assertThat(byDevice(shuffled.telemetry())).isEqualTo(byDevice(inOrder.telemetry()));
    assertThat(inOrder.telemetry()).hasSize(2 * MESSAGES);
    assertThat(inOrder.telemetry())
        .allSatisfy(
            batch ->
                assertThat(batch.measurements())
                    .extracting(Measurement::channel)
                    .contains(
                        "shaft_speed_rpm",
                        "vibration_rms_mm_s",
                        "vibration_kurtosis",
                        "bearing_outer_race_g"));
    assertThat(
            inOrder.telemetry().stream()
                .filter(batch -> batch.sequence() == 0 && batch.deviceId().equals("pump-0"))
                .flatMap(batch -> batch.measurements().stream())
                .filter(reading -> reading.channel().equals("vibration_rms_mm_s"))
                .findFirst())
        .get()
        .satisfies(
            reading -> {
              // 0.1 g at 100 Hz is 1.104 mm/s; the block ends 159.96 ms after it began.
              assertThat(reading.value()).isBetween(1.09, 1.12);
              assertThat(reading.eventTimeMillis()).isEqualTo(Fleet.START + 160);
            });
  }
}
