package io.foreshock.precursors;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.RawRecord;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.samples.Readings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What patterns by broadcast cost against patterns by file alone: same input, in turn. */
@EnabledIfSystemProperty(named = "foreshock.measure", matches = "true")
class LiveCostITCase {
  private static final int ASSETS = 1000;
  private static final int MESSAGES = Integer.getInteger("foreshock.measure.messages", 300);
  private static final String BY_BROADCAST = "by broadcast";

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(1)
              .setConfiguration(rocksDb())
              .build());

  @Test
  void costsLittle(@InjectMiniCluster MiniCluster cluster) throws Exception {
    PrecursorsConfig live =
        PrecursorsConfig.from(
            Settings.read(
                PrecursorsOptions.ALL,
                CommandLine.parse("-Dkafka.bootstrap-servers=broker:9092", "-Dinstallation=test")));
    PrecursorsConfig fixed = PrecursorsConfig.of(live.patterns(), live.channels());
    List<List<RawRecord>> input = List.of(messages());
    Runs runs = new Runs(cluster);
    Map<String, Set<String>> forms = new LinkedHashMap<>();
    forms.put("by file", Set.of());
    forms.put("by file, detect in a task of its own", Set.of(PrecursorsPipeline.DETECT));
    forms.put("by file, match in a task of its own", Set.of(PrecursorsPipeline.MATCH));
    forms.put(
        "by file, each in a task of its own",
        Set.of(PrecursorsPipeline.DETECT, PrecursorsPipeline.MATCH));
    forms.put(BY_BROADCAST, Set.of());
    Map<String, Double> best = new LinkedHashMap<>();
    for (int round = 0; round < 5; round++) {
      for (Map.Entry<String, Set<String>> form : forms.entrySet()) {
        PrecursorsConfig config = form.getKey().equals(BY_BROADCAST) ? live : fixed;
        long start = System.nanoTime();
        runs.complete(input, config, 1, form.getValue());
        double perSecond = ASSETS * MESSAGES / ((System.nanoTime() - start) / 1e9);
        best.merge(form.getKey(), perSecond, Math::max);
      }
    }
    double fastest = best.get("by file");
    best.forEach(
        (form, perSecond) ->
            System.out.printf(
                "%s: %.0f messages/s, ratio %.2f%n", form, perSecond, perSecond / fastest));
    assertThat(best.get(BY_BROADCAST) / fastest).isGreaterThan(0.5);
  }

  private static List<RawRecord> messages() {
    List<RawRecord> messages = new ArrayList<>();
    for (int sequence = 0; sequence < MESSAGES; sequence++) {
      for (int asset = 0; asset < ASSETS; asset++) {
        messages.add(
            Readings.of(new AssetRef("acme", "pump-" + asset, "pump"))
                .sequence(sequence)
                .at(1_767_600_000_000L + sequence * 1000L)
                .reading("vibration_rms_mm_s", 2 + sequence % 7 / 10.0)
                .reading("bearing_temperature_c", 60 + sequence % 5)
                .record(sequence));
      }
    }
    return messages;
  }

  private static Configuration rocksDb() {
    Configuration configuration = new Configuration();
    configuration.setString("state.backend.type", "rocksdb");
    return configuration;
  }
}
