package io.foreshock.savepoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.savepoint.Finding.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One savepoint against builds that differ from the one that wrote it in one thing each. */
class StateCheckITCase {
  private static final ClassLoader CLASSES = StateCheckITCase.class.getClassLoader();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir static Path folder;

  private static Snapshot snapshot;
  private static Contract build;

  @BeforeEach
  void takeASavepointOnce(@InjectMiniCluster MiniCluster cluster) throws Exception {
    if (snapshot != null) {
      return;
    }
    JobClient job =
        CountingJob.environment(
                "rocksdb", false, Files.createDirectories(folder.resolve("checkpoints")))
            .executeAsync();
    CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
    CommonTestUtils.waitUntilCondition(
        () ->
            cluster
                    .getExecutionGraph(job.getJobID())
                    .get()
                    .getCheckpointStatsSnapshot()
                    .getCounts()
                    .getNumberOfCompletedCheckpoints()
                >= 3);
    snapshot =
        Snapshot.open(
            job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(60, TimeUnit.SECONDS),
            CLASSES);
    build =
        new Contract(
            "counting",
            CountingJob.MAX_PARALLELISM,
            snapshot.operators().stream()
                .map(each -> new Contract.Operator(each.uid(), "", 0, 0, List.of()))
                .toList(),
            snapshot.operator(CountingJob.UID).orElseThrow().states().stream()
                .map(StateCheckITCase::state)
                .toList());
  }

  private static Contract.State state(StoredState state) {
    return new Contract.State(
        state.uid(),
        state.kind(),
        state.name(),
        state.type(),
        state.keySerializer(),
        state.serializer(),
        state.name().equals("noted") ? CountingJob.FORMAT : 0);
  }

  private static List<Finding> check(Contract contract, Map<String, String> options) {
    return new StateCheck(snapshot, contract, options, CLASSES)
        .run(new SnapshotContents(CLASSES, folder));
  }

  /** What does not simply fit. */
  private static List<String> complaints(Contract contract) {
    return check(contract, null).stream()
        .filter(finding -> finding.level() != Level.FITS)
        .map(finding -> finding.level() + " " + finding)
        .toList();
  }

  private static Contract operators(
      Predicate<Contract.Operator> kept, UnaryOperator<Contract.Operator> change) {
    return new Contract(
        build.job(),
        build.maxParallelism(),
        build.operators().stream().filter(kept).map(change).toList(),
        build.states());
  }

  private static Contract states(UnaryOperator<Contract.State> change) {
    return new Contract(
        build.job(),
        build.maxParallelism(),
        build.operators(),
        build.states().stream().map(change).filter(state -> state != null).toList());
  }

  private static UnaryOperator<Contract.State> of(
      String name, UnaryOperator<Contract.State> change) {
    return state -> state.name().equals(name) ? change.apply(state) : state;
  }

  @Test
  void theBuildThatWroteItFits() {
    assertThat(complaints(build)).isEmpty();
    assertThat(check(build, null))
        .extracting(Finding::uid)
        .contains("read-numbers", CountingJob.UID, "discard");
  }

  @Test
  void aUidThatIsGoneIsRefusedByUidAndStates() {
    assertThat(complaints(operators(each -> !each.uid().equals(CountingJob.UID), each -> each)))
        .singleElement()
        .asString()
        .startsWith("REFUSED \"count-numbers\": the snapshot holds state for this uid (")
        .contains("total", "by-digit", "which this build of counting does not contain")
        .endsWith(
            "Deploy the release that wrote it, or give this state up with"
                + " --allowNonRestoredState.");
  }

  @Test
  void anOperatorThatAnOptionBringsIsMissedWithoutTheOption() {
    Contract switched =
        operators(
            each -> true,
            each ->
                each.uid().equals(CountingJob.UID)
                    ? new Contract.Operator(each.uid(), "", 0, 0, List.of("count=true"))
                    : each);
    assertThat(check(switched, Map.of("count", "true")))
        .allMatch(finding -> finding.level() == Level.FITS);
    assertThat(check(switched, Map.of()))
        .filteredOn(finding -> finding.level() == Level.REFUSED)
        .singleElement()
        .asString()
        .contains("but the job has it only with count=true.");
  }

  @Test
  void anotherMaximumParallelismIsRefused() {
    assertThat(complaints(new Contract("counting", 120, build.operators(), build.states())))
        .hasSize(snapshot.operators().size())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "REFUSED \"count-numbers\": was written with maximum parallelism 240, but"
                            + " this build has 120"));
  }

  @Test
  void aStateThatNobodyReadsIsLost() {
    assertThat(complaints(states(of("total", state -> null))))
        .singleElement()
        .asString()
        .startsWith("LOST \"count-numbers\", state total: this build does not read it.");
  }

  @Test
  void anOperatorThatBecameStatelessLosesEveryState() {
    assertThat(complaints(states(state -> null)))
        .allMatch(line -> line.startsWith("LOST \"count-numbers\", state "))
        .anyMatch(line -> line.contains("state total: this build does not read it."))
        .hasSize(build.states().size());
  }

  @Test
  void anotherSerializerIsRefusedWithBothNames() {
    assertThat(
            complaints(
                states(
                    of(
                        "total",
                        state ->
                            new Contract.State(
                                state.uid(),
                                state.kind(),
                                state.name(),
                                state.type(),
                                state.key(),
                                "io.foreshock.TotalSerializer$Snapshot 3",
                                1)))))
        .singleElement()
        .asString()
        .startsWith(
            "REFUSED \"count-numbers\", state total: the snapshot's values were written by"
                + " LongSerializer$LongSerializerSnapshot 3, this build has"
                + " io.foreshock.TotalSerializer$Snapshot 3.");
  }

  @Test
  void anotherKindOfStateIsRefused() {
    assertThat(
            complaints(
                states(
                    of(
                        "by-digit",
                        state ->
                            new Contract.State(
                                state.uid(),
                                state.kind(),
                                state.name(),
                                "VALUE",
                                state.key(),
                                state.serializer(),
                                0)))))
        .singleElement()
        .asString()
        .contains("state by-digit: is KEY_VALUE MAP in the snapshot, but KEY_VALUE VALUE");
  }

  @Test
  void valuesOfANewerFormatAreRefusedAndOlderOnesNoted() {
    assertThat(complaints(states(of("noted", state -> withFormat(state, 1)))))
        .singleElement()
        .asString()
        .contains("state noted: holds values of format 2, this build reads formats up to 1");
    assertThat(complaints(states(of("noted", state -> withFormat(state, 3)))))
        .singleElement()
        .asString()
        .startsWith("NOTE \"count-numbers\", state noted: holds values of format 2; each is");
  }

  private static Contract.State withFormat(Contract.State state, int format) {
    return new Contract.State(
        state.uid(),
        state.kind(),
        state.name(),
        state.type(),
        state.key(),
        state.serializer(),
        format);
  }

  @Test
  void anOperatorThatIsNewBeginsEmpty() {
    Contract more =
        new Contract(
            build.job(),
            build.maxParallelism(),
            Stream.concat(
                    build.operators().stream(),
                    Stream.of(new Contract.Operator("new-one", "", 0, 0, List.of())))
                .toList(),
            Stream.concat(
                    build.states().stream(),
                    Stream.of(
                        new Contract.State("new-one", "KEY_VALUE", "a", "VALUE", "k", "s", 0)))
                .toList());
    assertThat(complaints(more))
        .containsExactly("NOTE \"new-one\": is not in the snapshot, so it begins empty.");
  }
}
