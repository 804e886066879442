package io.foreshock.precursors;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import io.foreshock.model.RawRecord;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.samples.Assets;
import io.foreshock.samples.Readings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that was down reports what was silent, and not that it was down itself. */
class OutageITCase {
  private static final long START = Readings.time("08:00:00");
  private static final long MINUTE = 60_000;
  private static final int ASSETS = 30;
  private static final int PARTITIONS = 3;

  /** The job is down from here for an hour of ingest time. */
  private static final int STOP_MINUTE = 30;

  private static final int END_MINUTE = 120;

  private static final String PATTERN =
      """
      pattern: gone-silent
      version: 1
      description: Nothing arrives for ten minutes.
      source: test
      symptoms:
        silent: {detector: silence, for: 10 min}
      sequence:
        - {stage: silent, when: 'symptom == "silent"'}
      within: 6h
      detection: {component: sensor, failureMode: silence, severity: warning}
      """;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  /**
   * A message a minute of every asset; asset 7 says nothing more from minute 40 on. Partition 3
   * holds ticks only, and none while the job was down, for it writes them.
   */
  private static List<List<RawRecord>> records() {
    List<List<RawRecord>> partitions = new ArrayList<>();
    for (int i = 0; i <= PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
    for (int minute = 0; minute <= END_MINUTE; minute++) {
      long now = START + minute * MINUTE;
      for (int asset = 0; asset < ASSETS; asset++) {
        if (asset != 7 || minute < 40) {
          add(
              partitions,
              asset % PARTITIONS,
              now,
              Readings.of(Assets.pump("pump-" + asset))
                  .sequence(minute)
                  .at(now)
                  .appendedAt(now)
                  .reading("vibration_rms_mm_s", 2.5)
                  .bytes());
        }
      }
      if (minute <= STOP_MINUTE || minute > STOP_MINUTE + 60) {
        add(partitions, PARTITIONS, now, new byte[0]);
      }
    }
    return partitions;
  }

  private static void add(
      List<List<RawRecord>> partitions, int partition, long appendTime, byte[] value) {
    List<RawRecord> records = partitions.get(partition);
    records.add(
        new RawRecord(
            Assets.TENANT,
            Assets.TENANT + ".telemetry.raw",
            partition,
            records.size(),
            appendTime,
            new byte[0],
            value));
  }

  @Test
  void anHourWithoutTheJobIsNobodysSilence(
      @InjectMiniCluster MiniCluster cluster, @TempDir Path folder) throws Exception {
    PrecursorsConfig config =
        PrecursorsConfig.of(
            YamlPatternSet.of(
                PatternLanguage.of(ChannelCatalogue.load()).parse("test", PATTERN).orThrow()),
            ChannelCatalogue.load());

    List<Detection> detections =
        new Runs(cluster)
            .interrupted(records(), config, 1, 2, (double) STOP_MINUTE / END_MINUTE, folder);

    // The end of bounded input is the end of time: there everybody falls silent.
    assertThat(detections)
        .filteredOn(detection -> detection.eventTimeMillis() < START + END_MINUTE * MINUTE)
        .singleElement()
        .satisfies(
            detection -> {
              assertThat(detection.asset().assetId()).isEqualTo("pump-7");
              assertThat(detection.eventTimeMillis()).isEqualTo(START + 49 * MINUTE);
            });
  }
}
