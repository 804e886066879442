package io.foreshock.cli.features.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.FeatureRow;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as another reader of Parquet sees them. */
class FeatureFileTest {

  @TempDir Path folder;

  @Test
  void rowsAreReadWithTheirNamesAndAbsentValues() throws Exception {
    FeatureSet set = FeatureCatalogue.load(ChannelCatalogue.load()).orThrow().get(0);
    double[] values = new double[set.columns().size()];
    Arrays.fill(values, Double.NaN);
    values[0] = 12;
    Path path = folder.resolve("pump/rows.parquet");
    try (FeatureFile file = new FeatureFile(path, set)) {
      for (int i = 0; i < 1_000; i++) {
        file.write(
            new FeatureRow(
                new AssetRef("acme", "pump-" + i % 7, "pump"),
                set.name(),
                1,
                1_767_600_000_000L + i,
                1_767_600_001_000L,
                i % 2,
                FeatureRow.Kind.LIVE,
                values));
      }
    }
    String query =
        "SELECT count(*), sum(%s), count(%s), min(epoch_ms(event_time)), count(DISTINCT asset_id), sum(revision) FROM '%s'"
            .formatted(set.columns().get(0).name(), set.columns().get(1).name(), path);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet found = duckDb.createStatement().executeQuery(query)) {
      assertThat(found.next()).isTrue();
      assertThat(found.getLong(1)).isEqualTo(1_000);
      assertThat(found.getDouble(2)).isEqualTo(12_000);
      assertThat(found.getLong(3)).isZero();
      assertThat(found.getLong(4)).isEqualTo(1_767_600_000_000L);
      assertThat(found.getLong(5)).isEqualTo(7);
      assertThat(found.getLong(6)).isEqualTo(500);
    }
  }
}
