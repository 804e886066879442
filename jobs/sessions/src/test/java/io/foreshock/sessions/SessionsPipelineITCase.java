package io.foreshock.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.RawRecord;
import io.foreshock.model.SessionRow;
import io.foreshock.model.SessionRow.Kind;
import io.foreshock.runtime.testing.PipelineRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The sessions that are left do not depend on how the job runs. */
class SessionsPipelineITCase {
  private static final int PUMPS = 12;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  private static PipelineRuns<SessionRow> runs(MiniCluster cluster) {
    SessionsConfig config = Clean.config();
    return new PipelineRuns<>(cluster, records -> Clean.define(records, config));
  }

  @Test
  void sessionsAreTheSameAtAnyParallelismAndOverRestartsWithAnother(
      @InjectMiniCluster MiniCluster cluster, @TempDir Path folder) throws Exception {
    List<List<RawRecord>> records = new Pumps(PUMPS, 4).records();

    Map<String, String> alone = Clean.content(runs(cluster).complete(records, 1));
    assertThat(alone).hasSizeGreaterThan(PUMPS * 20);
    assertThat(Clean.content(runs(cluster).complete(records, 4))).isEqualTo(alone);
    assertThat(Clean.content(runs(cluster).interrupted(records, folder, 1, 4, 2))).isEqualTo(alone);
  }

  @Test
  void lateBlocksAreMergedAsIfTheyHadComeInTime(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    List<SessionRow> rows = runs(cluster).complete(new Pumps(PUMPS, 2).records(), 2);

    assertThat(rows).anyMatch(SessionRow::deleted).anyMatch(row -> row.revision() > 1);
    assertThat(Clean.table(rows).values())
        .filteredOn(row -> row.kind() == Kind.OPERATION)
        .noneMatch(SessionRow::approximate);
  }
}
