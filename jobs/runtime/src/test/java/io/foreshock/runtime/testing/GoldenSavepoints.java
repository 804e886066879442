package io.foreshock.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.runtime.testing.GoldenRun.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * What the tests of golden savepoints share: a release writes one ({@code
 * -Dforeshock.write-golden=<release>}), every later build goes on from it as if nothing had
 * happened.
 */
public final class GoldenSavepoints {
  private static final long LARGEST = 200_000;
  private static final double SAVEPOINT = 0.6;

  private final MiniCluster cluster;
  private final GoldenJob job;
  private final Path temporary;

  public GoldenSavepoints(MiniCluster cluster, GoldenJob job, Path temporary) {
    this.cluster = cluster;
    this.job = job;
    this.temporary = temporary;
  }

  /** Folders of all releases; at least one. */
  public static Stream<GoldenFolder> folders() throws IOException {
    List<GoldenFolder> folders = GoldenFolder.all();
    assertThat(folders).as("run with -D%s=<release> first", GoldenFolder.WRITE).isNotEmpty();
    return folders.stream();
  }

  /** Takes a savepoint where golden ones are taken; returns its path. */
  public String savepoint() throws Exception {
    return new GoldenRun(cluster, job, job.inputs(), temporary)
        .to(SAVEPOINT, new Deployment("rocksdb", 2));
  }

  /** Writes the folder of the release that the system property names. */
  public void write() throws Exception {
    GoldenRun run = new GoldenRun(cluster, job, job.inputs(), temporary);
    String savepoint = run.to(SAVEPOINT, new Deployment("rocksdb", 2));
    assertThat(run.lines()).as("what came out before the savepoint").isNotEmpty();
    FilledStates.demand(savepoint, job.leavesEmpty(), temporary);
    new GoldenFolder(GoldenFolder.ALL.resolve(System.getProperty(GoldenFolder.WRITE)))
        .write(job.inputs(), savepoint, run.lines());
  }

  /**
   * Restores on both backends, rescaled from 1 to 4 and on to 2, and with the changelog switched on
   * and off on the way.
   */
  public void assertGoesOn(GoldenFolder golden) throws Exception {
    assertThat(golden.bytes()).isLessThan(LARGEST);
    FilledStates.demand(golden.copyTo(temporary), job.leavesEmpty(), temporary);
    GoldenRun fresh = new GoldenRun(cluster, job, golden.inputs(), temporary);
    if (job.heedsOrderOfInputs()) {
      fresh.to(SAVEPOINT, new Deployment("hashmap", 1));
    }
    fresh.toEnd(new Deployment("hashmap", 1));
    Deployment wide = new Deployment("hashmap", 4);
    assertSame(wide.toString(), golden, restored(golden).toEnd(wide), fresh);
    GoldenRun rescaled = restored(golden);
    rescaled.to(0.75, new Deployment("rocksdb", 1));
    rescaled.to(0.85, new Deployment("hashmap", 4));
    rescaled.toEnd(new Deployment("rocksdb", 2));
    assertSame("rescaled from 1 to 4 to 2", golden, rescaled, fresh);
    GoldenRun logged = restored(golden);
    logged.to(0.75, new Deployment("rocksdb", 1, true));
    logged.to(0.85, new Deployment("hashmap", 2, true));
    logged.toEnd(new Deployment("rocksdb", 1));
    assertSame("changelog on, then off", golden, logged, fresh);
  }

  private GoldenRun restored(GoldenFolder golden) throws IOException {
    return new GoldenRun(cluster, job, golden.inputs(), temporary).from(golden.copyTo(temporary));
  }

  private void assertSame(String how, GoldenFolder golden, GoldenRun restored, GoldenRun fresh)
      throws IOException {
    assertThat(restored.lines()).as("after the savepoint, " + how).isNotEmpty();
    List<String> all = new ArrayList<>(golden.before());
    all.addAll(restored.lines());
    assertThat(job.settled(all).stream().sorted().toList())
        .as(golden + ", " + how)
        .isEqualTo(job.settled(fresh.lines()).stream().sorted().toList());
    assertThat(job.settled(fresh.wholes()))
        .as(golden + ", what was told after the savepoint, in all words, " + how)
        .containsAll(job.settled(restored.wholes()));
  }
}
