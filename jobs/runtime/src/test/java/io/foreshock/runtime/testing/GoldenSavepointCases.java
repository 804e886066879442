package io.foreshock.runtime.testing;

import java.io.IOException;
import java.nio.file.Path;
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

/**
 * What any release left in a savepoint goes on in this one; the same tests for every job, see
 * {@link GoldenSavepoints}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class GoldenSavepointCases {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir static Path temporary;

  /** The job whose savepoints they are. */
  protected abstract GoldenJob job();

  static Stream<GoldenFolder> folders() throws IOException {
    return GoldenSavepoints.folders();
  }

  @Test
  @Order(1)
  @EnabledIfSystemProperty(named = GoldenFolder.WRITE, matches = ".+")
  void writesWhatThisReleaseLeavesBehind(@InjectMiniCluster MiniCluster cluster) throws Exception {
    new GoldenSavepoints(cluster, job(), temporary).write();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void goesOnAsIfNothingHadHappenedAlsoRescaled(
      GoldenFolder golden, @InjectMiniCluster MiniCluster cluster) throws Exception {
    new GoldenSavepoints(cluster, job(), temporary).assertGoesOn(golden);
  }
}
