package io.foreshock.precursors;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import io.foreshock.precursors.SteppedRun.Deployment;
import io.foreshock.precursors.SteppedRun.Published;
import io.foreshock.runtime.testing.GoldenFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
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
 * What any release left in a savepoint goes on in this one. {@code
 * -Dforeshock.write-golden=<release>} writes the folder of a release first.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoldenSavepointITCase {
  private static final long LARGEST = 200_000;
  private static final double CHANGE = 0.4;
  private static final double SAVEPOINT = 0.6;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir static Path temporary;

  /** Runs that no golden savepoint interrupts, by folder. */
  private static final Map<String, SteppedRun> UNINTERRUPTED = new ConcurrentHashMap<>();

  private static MiniCluster cluster;

  static Stream<PrecursorsGolden> folders() throws IOException {
    List<PrecursorsGolden> folders = PrecursorsGolden.all();
    assertThat(folders).as("run with -Dforeshock.write-golden=<release> first").isNotEmpty();
    return folders.stream();
  }

  @BeforeEach
  void useCluster(@InjectMiniCluster MiniCluster miniCluster) {
    cluster = miniCluster;
  }

  @Test
  @Order(1)
  @EnabledIfSystemProperty(named = "foreshock.write-golden", matches = ".+")
  void writesWhatThisReleaseLeavesBehind() throws Exception {
    String release = System.getProperty("foreshock.write-golden");
    PrecursorsGolden.Input input =
        new PrecursorsGolden.Input(
            GoldenInput.telemetry(),
            GoldenInput.publishedFirst(),
            GoldenInput.publishedThen(),
            GoldenInput.files());
    SteppedRun run = new SteppedRun(cluster, input, temporary);
    untilPatternsHaveChanged(run);
    String savepoint = run.to(SAVEPOINT, Published.ALL, new Deployment("rocksdb", 2));
    assertThat(run.ids()).as("told before the savepoint").doesNotHaveDuplicates();
    new PrecursorsGolden(new GoldenFolder(GoldenFolder.ALL.resolve(release)))
        .write(input, savepoint, run.ids());
  }

  private static void untilPatternsHaveChanged(SteppedRun run) throws Exception {
    run.to(0, Published.FIRST, Deployment.SIMPLE);
    run.to(CHANGE, Published.FIRST, Deployment.SIMPLE);
    run.to(CHANGE, Published.ALL, Deployment.SIMPLE);
  }

  private static SteppedRun uninterrupted(PrecursorsGolden golden) throws Exception {
    SteppedRun known = UNINTERRUPTED.get(golden.toString());
    if (known == null) {
      known = new SteppedRun(cluster, golden.input(), temporary);
      untilPatternsHaveChanged(known);
      known.toEnd(Deployment.SIMPLE);
      UNINTERRUPTED.put(golden.toString(), known);
    }
    return known;
  }

  private static SteppedRun restored(PrecursorsGolden golden) throws Exception {
    return new SteppedRun(cluster, golden.input(), temporary)
        .from(golden.folder().copyTo(temporary));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void goesOnAsIfNothingHadHappenedOnBothBackendsAtAnyParallelism(PrecursorsGolden golden)
      throws Exception {
    assertThat(golden.folder().bytes()).isLessThan(LARGEST);
    for (String backend : List.of("hashmap", "rocksdb")) {
      for (int parallelism : List.of(1, 4)) {
        assertSame(
            backend + ", parallelism " + parallelism,
            golden,
            restored(golden).toEnd(new Deployment(backend, parallelism)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void rescalesOnTheWay(PrecursorsGolden golden) throws Exception {
    SteppedRun run = restored(golden);
    run.to(0.7, Published.ALL, new Deployment("rocksdb", 1));
    run.to(0.8, Published.ALL, new Deployment("hashmap", 4));
    assertSame("1 to 4 to 2", golden, run.toEnd(new Deployment("rocksdb", 2)));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void goesOnWithTheChangelogAndWithoutItAgain(PrecursorsGolden golden) throws Exception {
    SteppedRun run = restored(golden);
    run.to(0.7, Published.ALL, new Deployment("rocksdb", 1, true));
    run.to(0.8, Published.ALL, new Deployment("hashmap", 2, true));
    assertSame("changelog on, then off", golden, run.toEnd(new Deployment("rocksdb", 1)));
  }

  /**
   * Under keep an open match goes on by the new rule, under drain by the old one, under drop and
   * when its pattern is gone it is given up; a new pattern sees what comes.
   */
  @ParameterizedTest
  @MethodSource("folders")
  void endsOpenMatchesOfChangedPatternsAsDeclared(PrecursorsGolden golden) throws Exception {
    List<FileDocument> changed = new ArrayList<>(golden.input().files());
    changed.removeIf(file -> List.of("keep", "drain", "drop", "gone").contains(file.name()));
    for (String onChange : List.of("keep", "drain", "drop")) {
      changed.add(GoldenInput.pattern(onChange, 2, onChange, "A", "G"));
    }
    changed.add(GoldenInput.pattern("added", 1, "drop", "B", "C"));
    for (Deployment deployment :
        List.of(new Deployment("hashmap", 1), new Deployment("rocksdb", 4))) {
      Map<String, Long> counts =
          restored(golden).withFiles(changed).toEnd(deployment).detections().stream()
              .collect(
                  Collectors.groupingBy(
                      d -> d.pattern() + " v" + d.patternVersion(),
                      TreeMap::new,
                      Collectors.counting()));
      assertThat(counts)
          .as(deployment.toString())
          .containsEntry("keep v2", (long) GoldenInput.ASSETS)
          .containsEntry("drain v1", (long) GoldenInput.ASSETS)
          .containsEntry("added v1", (long) GoldenInput.ASSETS)
          .doesNotContainKeys("keep v1", "drain v2", "drop v1", "drop v2", "gone v1");
    }
  }

  private static void assertSame(String how, PrecursorsGolden golden, SteppedRun restored)
      throws Exception {
    SteppedRun expected = uninterrupted(golden);
    assertThat(patterns(restored.detections()))
        .as("patterns that matched after the savepoint")
        .contains(
            "drain v1",
            "loop v1",
            "own v1",
            "published v1",
            "published v2",
            "shaking-and-hot v1",
            "silent v1",
            "unrepaired v1");
    assertThat(restored.nearMisses()).isNotEmpty();
    List<String> all = new ArrayList<>(golden.before());
    all.addAll(restored.ids());
    // Sorted lists: what is told twice, in one of the runs or in both together, counts twice.
    assertThat(all.stream().sorted().toList())
        .as(how)
        .isEqualTo(expected.ids().stream().sorted().toList());
    assertThat(all).as(how).doesNotHaveDuplicates();
    assertThat(expected.detections()).as(how).containsAll(restored.detections());
    assertThat(expected.nearMisses()).as(how).containsAll(restored.nearMisses());
  }

  private static TreeSet<String> patterns(List<Detection> detections) {
    return detections.stream()
        .map(d -> d.pattern() + " v" + d.patternVersion())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
