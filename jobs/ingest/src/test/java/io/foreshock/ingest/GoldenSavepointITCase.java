package io.foreshock.ingest;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.testing.GoldenFolder;
import io.foreshock.runtime.testing.GoldenJob;
import io.foreshock.runtime.testing.GoldenSavepoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What any release left in a savepoint goes on in this one; see {@link GoldenSavepoints}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoldenSavepointITCase {
  private static final int DEVICES = 8;
  private static final int PARTITIONS = 4;
  private static final int MESSAGES = 60;
  private static final long SECOND = 1_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir static Path temporary;

  /**
   * Gaps, repeats, swaps, lost messages and devices that name messages instead of numbering them,
   * all over the savepoint.
   */
  private static final class Ingest implements GoldenJob {
    @Override
    public Map<String, List<List<RawRecord>>> inputs() {
      Fleet fleet = new Fleet(PARTITIONS);
      for (int device = 0; device < DEVICES; device++) {
        for (int number = 0; number < MESSAGES; number++) {
          // Every seventh arrives after the next one, one in 13 is lost, one in 11 comes twice.
          boolean swapped = (number + device) % 7 == 0;
          long measured = Fleet.START + number * 2 * SECOND;
          long appended = measured + device + (swapped ? 3 * SECOND : 0);
          TelemetryBatch message = Fleet.message(device, number, measured, appended);
          if ((number + 2 * device) % 13 != 0) {
            fleet.send(device, message);
          }
          if ((number + 3 * device) % 11 == 0) {
            long again = appended + 40 * SECOND;
            fleet.send(device, Fleet.message(device, number, measured, again));
          }
          if (device % 4 == 1 && number % 3 == 0) {
            fleet.send(device, Fleet.named(device, number, measured, appended));
            if (number % 9 == 0) {
              long again = appended + 40 * SECOND;
              fleet.send(device, Fleet.named(device, number, measured, again));
            }
          }
        }
      }
      return Map.of("raw", fleet.records());
    }

    @Override
    public void define(Inputs inputs, Outputs outputs) {
      IngestPipeline.Streams streams =
          IngestPipeline.define(inputs.read("raw"), IngestConfig.of(ChannelRegistry.EMPTY));
      outputs.collect("telemetry", streams.telemetry(), batch -> "telemetry " + line(batch));
      outputs.collect("backfill", streams.backfill(), batch -> "backfill " + line(batch));
      outputs.collect("dead-letters", streams.deadLetters(), Ingest::line);
    }

    private static String line(TelemetryBatch batch) {
      return batch.asset().key()
          + " appended "
          + batch.appendTimeMillis()
          + (batch.backlog() ? " backlog " : " live ")
          + batch.measurements()
          + batch.faultCodes();
    }

    private static String line(DeadLetter letter) {
      return "dead-letters " + letter.reason() + " " + letter.source().offset();
    }
  }

  private static GoldenSavepoints savepoints(MiniCluster cluster) {
    return new GoldenSavepoints(cluster, new Ingest(), temporary);
  }

  static Stream<GoldenFolder> folders() throws IOException {
    return GoldenSavepoints.folders();
  }

  @Test
  @Order(1)
  @EnabledIfSystemProperty(named = GoldenFolder.WRITE, matches = ".+")
  void writesWhatThisReleaseLeavesBehind(@InjectMiniCluster MiniCluster cluster) throws Exception {
    savepoints(cluster).write();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void goesOnAsIfNothingHadHappenedAlsoRescaled(
      GoldenFolder golden, @InjectMiniCluster MiniCluster cluster) throws Exception {
    savepoints(cluster).assertGoesOn(golden);
  }
}
