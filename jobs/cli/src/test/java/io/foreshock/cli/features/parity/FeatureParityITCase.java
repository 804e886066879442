package io.foreshock.cli.features.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshock.cli.features.history.Arrival;
import io.foreshock.cli.features.history.History;
import io.foreshock.cli.features.parity.RowTable.Comparison;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as they are served against rows of history, bit by bit. */
class FeatureParityITCase {
  private static final long SEED = 11;

  @TempDir Path folder;

  @Test
  void rowsOfTheFleetAreTheSameWithDisorderRepeatsAndARestart() {
    RowTable rows = assertParity(Arrival.ofFleet(SEED, 30, Duration.ofHours(6)), 1_000);
    assertThat(rows.rows("pump-condition-fleet"))
        .as("machines that are compared with others")
        .filteredOn(row -> !Double.isNaN(row.values()[1]))
        .hasSizeGreaterThan(40);
  }

  @Test
  void rowsOfARecordingAreTheSameWhenMessagesComeHoursLate() {
    Path data =
        Path.of(System.getProperty("foreshock.data", "../../../shared/data")).resolve("envirocar");
    assumeTrue(
        Files.isDirectory(data),
        "There is no folder " + data + " with the public set; -Dforeshock.data says where it is.");
    History history = History.read(History.Format.ENVIROCAR, data);
    assertParity(Arrival.of(history, SEED, Duration.ofHours(2)), 20);
  }

  private RowTable assertParity(Arrival arrival, int atLeast) {
    ChannelRegistry channels = ChannelCatalogue.load();
    List<FeatureSet> sets = sets(channels);
    FeatureRuns runs = new FeatureRuns(sets, channels, arrival.history().models(), folder);
    RowTable history = runs.batch(arrival.history().inOrder(), 2);
    List<RawRecord> clean = runs.ingested(arrival.records(), 2);
    RowTable served = runs.served(clean, 4);
    RowTable restarted = runs.interrupted(clean, 0.5, 1, 4);
    for (RowTable table : List.of(served, restarted)) {
      Comparison compared = table.compare(history);
      assertThat(compared.first()).as("seed %d", SEED).isEmpty();
      assertThat(compared.equal()).isEqualTo(compared.rows()).isGreaterThanOrEqualTo(atLeast);
      assertThat(compared.worstDifference()).isZero();
    }
    return history;
  }

  /** The catalogue; small fleets are compared, too. */
  private static List<FeatureSet> sets(ChannelRegistry channels) {
    Map<String, String> texts = new LinkedHashMap<>();
    FeatureCatalogue.texts()
        .forEach(
            (name, text) -> texts.put(name, text.replace("minimumPeers: 4", "minimumPeers: 2")));
    return new FeatureLanguage(channels).parse(texts).orThrow();
  }
}
