package io.foreshock.sessions;

import io.foreshock.model.RawRecord;
import io.foreshock.model.SessionRow;
import io.foreshock.runtime.testing.GoldenFolder;
import io.foreshock.runtime.testing.GoldenJob;
import io.foreshock.runtime.testing.GoldenSavepoints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir static Path temporary;

  /** Pumps that start and stop, and are offline by days. */
  private static final class Sessions implements GoldenJob {
    private static final String BAR = " | ";

    @Override
    public Map<String, List<List<RawRecord>>> inputs() {
      return Map.of("clean", new Pumps(4, 4).records());
    }

    @Override
    public void define(Inputs inputs, Outputs outputs) {
      outputs.collect(
          "sessions", Clean.define(inputs.read("clean"), Clean.config()), Sessions::line);
    }

    private static String line(SessionRow row) {
      return row.key()
          + BAR
          + (row.deleted()
              ? ""
              // Whether late readings still count in sums depends on the ingest clock, too.
              : row.endMillis() + " " + row.figures().readings() + " " + row.figures().starts());
    }

    /** What compaction leaves; how often a session is told depends on the ingest clock. */
    @Override
    public List<String> settled(List<String> lines) {
      Map<String, String> last = new TreeMap<>();
      lines.forEach(line -> last.put(line.substring(0, line.indexOf(BAR)), line));
      List<String> left = new ArrayList<>(last.values());
      left.removeIf(line -> line.endsWith(BAR));
      return left;
    }
  }

  private static GoldenSavepoints savepoints(MiniCluster cluster) {
    return new GoldenSavepoints(cluster, new Sessions(), temporary);
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
