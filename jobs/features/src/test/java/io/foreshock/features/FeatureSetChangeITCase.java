package io.foreshock.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A savepoint of one version of a feature set, restored with the next. */
class FeatureSetChangeITCase {
  private static final int MINUTES = 240;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  private static FeaturesConfig version(int version, String features) {
    return FeaturesConfig.of(
        new FeatureLanguage(ChannelCatalogue.load())
            .parse(
                "pump.yaml",
                """
                featureSet: pump-condition
                version: %d
                description: For tests
                appliesTo: {assetClass: pump}
                every: 5 min
                features:
                %s"""
                    .formatted(version, features.indent(2)))
            .orThrow());
  }

  @Test
  void setWithAnAddedAndARemovedFeatureGoesOnFromTheOldSavepoint(
      @InjectMiniCluster MiniCluster cluster, @TempDir Path folder) throws Exception {
    FeaturesConfig before =
        version(
            1,
            """
            heat: {channel: bearing_temperature_c, aggregates: [mean, max], windows: [1h, 3h], description: Heat}
            """);
    FeaturesConfig after =
        version(
            2,
            """
            heat: {channel: bearing_temperature_c, aggregates: [mean, std], windows: [1h, 3h], description: Heat}
            shake: {channel: vibration_rms_mm_s, aggregates: [max], windows: [1h], description: Vibration}
            """);
    Runs runs = new Runs(cluster);
    List<FeatureRow> undisturbed =
        runs.changed(PumpDay.batches(MINUTES), before, before, 1, folder);
    List<FeatureRow> rows = runs.changed(PumpDay.batches(MINUTES), before, after, 2, folder);

    assertThat(rows).hasSameSizeAs(undisturbed);
    for (FeatureRow old : undisturbed) {
      FeatureRow row =
          rows.stream()
              .filter(
                  r ->
                      r.asset().equals(old.asset()) && r.eventTimeMillis() == old.eventTimeMillis())
              .findFirst()
              .orElseThrow();
      FeaturesConfig of = row.featureSetVersion() == 1 ? before : after;
      assertThat(value(of, row, "heat_mean_3h")).isEqualTo(value(before, old, "heat_mean_3h"));
    }
    FeatureRow last = rows.get(rows.size() - 1);
    assertThat(last.featureSetVersion()).isEqualTo(2);
    assertThat(value(after, last, "shake_max_1h")).isPositive();
    assertThat(value(after, last, "heat_std_1h")).isPositive();
    assertThat(value(after, last, "heat_std_3h")).as("slices of before lack it").isNaN();
  }

  private static double value(FeaturesConfig config, FeatureRow row, String column) {
    List<String> names = config.sets().get(0).columns().stream().map(FeatureColumn::name).toList();
    return row.values()[names.indexOf(column)];
  }
}
