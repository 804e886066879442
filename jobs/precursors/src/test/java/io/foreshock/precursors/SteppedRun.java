package io.foreshock.precursors;

import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.detect.DetectSymptomsFunction;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.NearMissRules;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.kafka.PatternTopics;
import io.foreshock.runtime.testing.PartitionedSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateChangelogOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The pipeline with patterns that change, one job after the other: each stops with a savepoint, so
 * that nothing is in flight when patterns change, and the next goes on from there.
 */
final class SteppedRun {
  private static final Map<String, Queue<Object>> RESULTS = new ConcurrentHashMap<>();

  private final MiniCluster cluster;
  private final PrecursorsGolden.Input input;
  private final Path folder;
  private final List<RawRecord> published = new ArrayList<>();
  private final List<Detection> detections = new ArrayList<>();
  private final List<NearMiss> nearMisses = new ArrayList<>();
  private List<FileDocument> files;
  private String savepoint;

  /** How a step is deployed. */
  record Deployment(String backend, int parallelism, boolean changelog) {
    static final Deployment SIMPLE = new Deployment("hashmap", 1);

    Deployment(String backend, int parallelism) {
      this(backend, parallelism, false);
    }
  }

  /** How much of what is published a step sees. */
  enum Published {
    FIRST,
    ALL
  }

  SteppedRun(MiniCluster cluster, PrecursorsGolden.Input input, Path folder) {
    this.cluster = cluster;
    this.input = input;
    this.folder = folder;
    files = input.files();
    input.first().forEach(record -> published.add(raw(record)));
    input.then().forEach(record -> published.add(raw(record)));
    // The source of patterns must not end before that of telemetry does.
    published.add(raw(new PatternRecord("_all/unreadable", new byte[] {1, 2, 3}, 0)));
  }

  private static RawRecord raw(PatternRecord record) {
    byte[] key = record.key().getBytes(StandardCharsets.UTF_8);
    return new RawRecord("", "patterns", 0, 0, record.appendTimeMillis(), key, record.value());
  }

  /** Goes on from this savepoint. */
  SteppedRun from(String path) {
    savepoint = path;
    return this;
  }

  /** Goes on with these patterns in files. */
  SteppedRun withFiles(List<FileDocument> changed) {
    files = changed;
    return this;
  }

  /**
   * Runs to a share of the telemetry and stops with a canonical savepoint.
   *
   * @return the savepoint's path
   */
  String to(double share, Published patterns, Deployment deployment) throws Exception {
    return to(share, patterns, deployment, results -> true);
  }

  /**
   * Runs to a share of the telemetry, waits there for a detection of the pattern, at most a minute,
   * and stops.
   */
  void untilDetected(String pattern, double share, Published patterns, Deployment deployment)
      throws Exception {
    to(
        share,
        patterns,
        deployment,
        results ->
            results.stream()
                .anyMatch(
                    result ->
                        result instanceof Detection detection
                            && detection.pattern().equals(pattern)));
  }

  private String to(
      double share, Published patterns, Deployment deployment, Predicate<Collection<Object>> enough)
      throws Exception {
    String run = begin();
    int seen = input.first().size() + (patterns == Published.ALL ? input.then().size() : 0);
    PartitionedSource telemetry = new PartitionedSource(run, input.telemetry(), share);
    PartitionedSource topic =
        new PartitionedSource(
            run + " patterns", List.of(published), (seen + 0.5) / published.size());
    JobClient job = environment(run, telemetry, topic, deployment).executeAsync();
    try {
      CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
      CommonTestUtils.waitUntilCondition(() -> telemetry.isAtGate() && topic.isAtGate());
      long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      CommonTestUtils.waitUntilCondition(
          () -> enough.test(RESULTS.get(run)) || System.nanoTime() > patience);
      savepoint =
          job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
              .get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      job.cancel().get(60, TimeUnit.SECONDS);
      throw e;
    }
    collect(run, telemetry, topic);
    return savepoint;
  }

  /** Runs to the end. */
  SteppedRun toEnd(Deployment deployment) throws Exception {
    String run = begin();
    PartitionedSource telemetry = new PartitionedSource(run, input.telemetry(), 1);
    PartitionedSource topic = new PartitionedSource(run + " patterns", List.of(published), 1);
    environment(run, telemetry, topic, deployment).execute();
    collect(run, telemetry, topic);
    return this;
  }

  List<Detection> detections() {
    return detections;
  }

  List<NearMiss> nearMisses() {
    return nearMisses;
  }

  /** Ids of all that came out, as often as it did. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    detections.forEach(detection -> ids.add(detection.id()));
    nearMisses.forEach(miss -> ids.add(miss.id()));
    return ids;
  }

  private static String begin() {
    String run = UUID.randomUUID().toString();
    RESULTS.put(run, new ConcurrentLinkedQueue<>());
    return run;
  }

  private void collect(String run, PartitionedSource telemetry, PartitionedSource topic) {
    telemetry.forget();
    topic.forget();
    for (Object result : RESULTS.remove(run)) {
      if (result instanceof Detection detection) {
        detections.add(detection);
      } else {
        nearMisses.add((NearMiss) result);
      }
    }
  }

  private PrecursorsConfig config() {
    OrderRules defaults = OrderRules.DEFAULT;
    OrderRules order =
        new OrderRules(
            Duration.ofMinutes(10),
            defaults.maxPending(),
            defaults.bootWait(),
            Duration.ofMinutes(5),
            defaults.lateAfter(),
            defaults.idTtl(),
            defaults.maxIds(),
            defaults.cursorTtl(),
            defaults.linkPeriod());
    return new PrecursorsConfig(
        DecodeRules.DEFAULT,
        order,
        DetectSymptomsFunction.DEFAULT_FORGET_AFTER,
        EngineRules.DEFAULT,
        new NearMissRules(true, List.of(), Integer.MAX_VALUE),
        ChannelCatalogue.load(),
        YamlPatternSet.of(List.of()),
        files);
  }

  private StreamExecutionEnvironment environment(
      String run, PartitionedSource telemetry, PartitionedSource topic, Deployment deployment) {
    Configuration configuration = new Configuration();
    configuration.set(StateBackendOptions.STATE_BACKEND, deployment.backend());
    configuration.set(StateChangelogOptions.ENABLE_STATE_CHANGE_LOG, deployment.changelog());
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    JobEnvironment.demand(environment);
    environment.setParallelism(deployment.parallelism());
    DataStream<RawRecord> raw =
        environment
            .fromSource(telemetry, WatermarkStrategy.forMonotonousTimestamps(), "read")
            .uid("read");
    DataStream<PatternRecord> changes =
        environment
            .fromSource(topic, WatermarkStrategy.noWatermarks(), "read-patterns")
            .uid("read-patterns")
            .setParallelism(1)
            .map(record -> new PatternRecord(text(record.key()), record.value(), time(record)))
            .uid("as-published")
            .setParallelism(1)
            .assignTimestampsAndWatermarks(PatternTopics.noClock())
            .uid("no-clock")
            .setParallelism(1);
    PrecursorsPipeline.Streams streams =
        PrecursorsPipeline.define(raw, changes, config()).streams();
    streams
        .detections()
        .sinkTo(new CollectingSink<Detection>(run, id -> RESULTS.get(id)))
        .uid("write");
    streams
        .nearMisses()
        .sinkTo(new CollectingSink<NearMiss>(run, id -> RESULTS.get(id)))
        .uid("write-near-misses");
    return environment;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long time(RawRecord record) {
    return record.appendTimeMillis();
  }
}
