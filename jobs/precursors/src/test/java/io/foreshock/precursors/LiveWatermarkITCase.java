package io.foreshock.precursors;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import io.foreshock.precursors.SteppedRun.Deployment;
import io.foreshock.precursors.SteppedRun.Published;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Patterns come once a month; the ingest clock must not wait for them. */
class LiveWatermarkITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  /**
   * Nothing is ever published, and the topic does not end. A pump falls silent after 100 minutes;
   * after 140, before it is heard of again, nothing but the ingest clock can have told.
   */
  @Test
  void ingestClockMovesForHoursWithoutAPattern(
      @InjectMiniCluster MiniCluster cluster, @TempDir Path folder) throws Exception {
    PrecursorsGolden.Input input =
        new PrecursorsGolden.Input(
            GoldenInput.telemetry(), List.of(), List.of(), GoldenInput.files());
    SteppedRun run = new SteppedRun(cluster, input, folder);
    run.untilDetected("silent", 0.78, Published.ALL, new Deployment("hashmap", 2));
    assertThat(run.detections()).extracting(Detection::pattern).contains("silent");
  }
}
