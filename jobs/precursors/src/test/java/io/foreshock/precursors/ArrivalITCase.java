package io.foreshock.precursors;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.Detection;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import io.foreshock.precursors.UploadBatches.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Event-time results do not depend on arrival. */
class ArrivalITCase {
  private static final String MORE_PATTERNS =
      """
      pattern: shaking-then-fault
      version: 2
      description: Shakes, then reports a fault, not repaired in between.
      source: test
      appliesTo: {assetClass: [pump]}
      symptoms:
        shaking: {detector: threshold, channel: vibration_rms_mm_s, above: 4.5 mm/s, clearBelow: 4.0 mm/s}
      sequence:
        - {stage: shakes, when: 'symptom == "shaking"'}
        - {stage: repaired, when: 'maintenance.component == "bearing"', contiguity: notFollowedBy}
        - {stage: fails, when: 'fault.code == "E42"'}
      within: 2h
      detection: {component: bearing, failureMode: wear, severity: critical}
      ---
      pattern: gone-silent
      version: 1
      description: Nothing arrives for an hour.
      source: test
      symptoms:
        silent: {detector: silence, for: 1h}
      sequence:
        - {stage: silent, when: 'symptom == "silent"'}
      within: 6h
      detection: {component: sensor, failureMode: silence, severity: warning}
      """;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .setConfiguration(rocksDb())
              .build());

  private static Runs runs;
  private static PrecursorsConfig config;
  private static UploadBatches uploads;
  private static Map<String, Detection> expected;

  @BeforeAll
  static void runInOrderAtParallelismOne(@InjectMiniCluster MiniCluster cluster) throws Exception {
    runs = new Runs(cluster);
    long seed = Long.getLong("foreshock.seed", System.nanoTime() % 1_000_000);
    System.out.println(
        "ArrivalITCase seed " + seed + " (repeat with -Dforeshock.seed=" + seed + ")");
    config = config();
    uploads = new UploadBatches(seed);
    expected = once(runs.complete(uploads.arrive(Arrival.IN_ORDER), config, 1));
    Map<String, Long> byPattern =
        expected.values().stream()
            .collect(
                Collectors.groupingBy(Detection::pattern, TreeMap::new, Collectors.counting()));
    System.out.println("Detections: " + byPattern);
    assertThat(byPattern.keySet())
        .contains("shaking-then-fault", "gone-silent", "bearing-failure-near");
    assertThat(expected).hasSizeGreaterThan(50);
  }

  @Test
  void parallelismDoesNotMatter() throws Exception {
    for (int parallelism : List.of(2, 4)) {
      assertSame(
          "parallelism " + parallelism,
          runs.complete(uploads.arrive(Arrival.IN_ORDER), config, parallelism));
    }
  }

  @Test
  void orderWithinAnUploadDoesNotMatter() throws Exception {
    for (int parallelism : List.of(1, 4)) {
      assertSame(
          "shuffled, parallelism " + parallelism,
          runs.complete(
              uploads.arrive(new Arrival(parallelism, true, false)), config, parallelism));
    }
  }

  @Test
  void repeatsDoNotMatter() throws Exception {
    for (int parallelism : List.of(1, 2)) {
      assertSame(
          "shuffled with repeats, parallelism " + parallelism,
          runs.complete(uploads.arrive(new Arrival(parallelism, true, true)), config, parallelism));
    }
  }

  @Test
  void savepointInTheMiddleDoesNotMatterNorRescalingThere(@TempDir Path folder) throws Exception {
    assertSame(
        "savepoint, 1 to 4",
        runs.interrupted(uploads.arrive(new Arrival(7, true, true)), config, 1, 4, 0.5, folder));
    assertSame(
        "savepoint, 4 to 2",
        runs.interrupted(uploads.arrive(new Arrival(8, true, true)), config, 4, 2, 0.37, folder));
  }

  @Test
  void patternsThatMayChangeDoNotMatterUntilTheyDo(@TempDir Path folder) throws Exception {
    List<FileDocument> documents = new ArrayList<>();
    List<String> texts = new ArrayList<>(PatternCatalogue.productionTexts());
    texts.add(MORE_PATTERNS);
    PatternLanguage language = PatternLanguage.of(ChannelCatalogue.load());
    for (String text : texts) {
      for (String document : PatternLanguage.documents(text)) {
        language
            .parse("test", document)
            .definitions()
            .forEach(d -> documents.add(new FileDocument(d.name(), d.version(), document)));
      }
    }
    PrecursorsConfig live =
        new PrecursorsConfig(
            config.decode(),
            config.order(),
            config.assetForgetAfter(),
            config.engine(),
            config.channels(),
            config.patterns(),
            documents);
    assertSame(
        "patterns by broadcast, savepoint, 2 to 4",
        runs.interrupted(uploads.arrive(new Arrival(9, true, true)), live, 2, 4, 0.5, folder));
  }

  private static void assertSame(String run, List<Detection> detections) {
    Map<String, Detection> actual = once(detections);
    assertThat(withoutThoseOf(expected, actual)).as(run + ": missing").isEmpty();
    assertThat(withoutThoseOf(actual, expected)).as(run + ": too many").isEmpty();
    actual.forEach(
        (id, detection) -> assertThat(detection).as(run + " " + id).isEqualTo(expected.get(id)));
  }

  private static List<Detection> withoutThoseOf(
      Map<String, Detection> some, Map<String, Detection> others) {
    Map<String, Detection> rest = new TreeMap<>(some);
    rest.keySet().removeAll(others.keySet());
    return List.copyOf(rest.values());
  }

  private static Map<String, Detection> once(List<Detection> detections) {
    Map<String, Detection> byId = new TreeMap<>();
    for (Detection detection : detections) {
      assertThat(byId.put(detection.id(), detection)).as("twice: " + detection).isNull();
    }
    return byId;
  }

  private static PrecursorsConfig config() {
    List<PatternDefinition> patterns = new ArrayList<>(PatternCatalogue.production());
    patterns.addAll(
        PatternLanguage.of(ChannelCatalogue.load()).parse("test", MORE_PATTERNS).orThrow());
    PrecursorsConfig defaults =
        PrecursorsConfig.of(YamlPatternSet.of(patterns), ChannelCatalogue.load());
    // Devices without numbers are sorted by event time, over the longest time that one is offline.
    OrderRules order = OrderRules.DEFAULT.withDisorderBound(Duration.ofHours(4));
    return new PrecursorsConfig(
        defaults.decode(),
        order,
        defaults.assetForgetAfter(),
        defaults.engine(),
        defaults.channels(),
        defaults.patterns());
  }

  private static Configuration rocksDb() {
    Configuration configuration = new Configuration();
    configuration.setString("state.backend.type", "rocksdb");
    return configuration;
  }
}
