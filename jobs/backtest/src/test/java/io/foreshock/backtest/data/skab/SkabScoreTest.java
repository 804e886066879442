package io.foreshock.backtest.data.skab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small cases worked out by hand. */
class SkabScoreTest {
  private static final String HEADER =
      "datetime;Accelerometer1RMS;Accelerometer2RMS;Current;Pressure;Temperature;Thermocouple;"
          + "Voltage;Volume Flow RateRMS;anomaly;changepoint\n";

  @TempDir private Path folder;

  @Test
  void ratesAreSharesOfNormalAndOfAnomalousRows() {
    RowCounts counts = RowCounts.NONE;
    for (int row = 0; row < 10; row++) {
      counts = counts.with(row >= 6, row == 0 || row == 6 || row == 7 || row == 8);
    }

    assertThat(counts.far()).isCloseTo(100 / 6.0, within(1e-9));
    assertThat(counts.mar()).isCloseTo(25, within(1e-9));
    assertThat(counts.f1()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void aChangeScoresFromOneToMinusElevenHundredthsAlongItsWindow() {
    assertThat(score(85_000)).isCloseTo(1, within(1e-9));
    assertThat(score(100_000)).isCloseTo(0.445, within(1e-9));
    assertThat(score(115_000)).isCloseTo(-0.11, within(1e-9));
    assertThat(score(115_001)).isCloseTo(-1.11, within(1e-9));
  }

  private static double score(long found) {
    return ChangeScore.of(List.of(100_000L), List.of(found)).score();
  }

  @Test
  void onlyTheFirstChangeOfAWindowScoresAndThoseOutsideCost() {
    ChangeScore score =
        ChangeScore.of(List.of(100_000L, 200_000L), List.of(50_000L, 100_000L, 110_000L, 150_000L));

    assertThat(score.found()).isEqualTo(1);
    assertThat(score.falseOnes()).isEqualTo(2);
    assertThat(score.score()).isCloseTo(0.445 - 1 - 0.22, within(1e-9));
    assertThat(score.scaled()).isCloseTo(100 * (2 - 0.775) / 4, within(1e-9));
  }

  @Test
  void aWindowBeginsWhereTheOneBeforeEnds() {
    // Windows of 100 and 120 s would share 105 to 115 s; the second is from 115 to 135 s.
    ChangeScore score = ChangeScore.of(List.of(100_000L, 120_000L), List.of(125_000L));

    assertThat(score.score()).isCloseTo(-1 + 0.445, within(1e-9));
  }

  @Test
  void sayingNothingIsZeroAndSayingAllAtOnceIsAHundred() {
    assertThat(ChangeScore.of(List.of(100_000L, 200_000L), List.of()).scaled()).isZero();
    assertThat(ChangeScore.of(List.of(100_000L), List.of(85_000L)).scaled()).isEqualTo(100);
  }

  @Test
  void readsFilesOfAllFoldersButTheOneWithoutLabels() throws IOException {
    write("other/11 (2).csv", "2020-03-09 10:00:00;1;2;3;4;5;6;7;8;0.0;0.0\n");
    write("valve1/0.csv", "2020-03-09 11:00:00;1;2;3;4;5;6;7;8;1.0;1.0\n");
    write("anomaly-free/anomaly-free.csv", "");
    Recording all = new Skab().open(folder, Selection.ALL);

    assertThat(all.describe().get(0))
        .endsWith("2 experiments, 2 rows, 1 of them in anomalies, 1 change points");
    assertThatThrownBy(() -> new Skab().open(folder, new Selection("valve9-1", java.util.Map.of())))
        .hasMessage("There is no experiment \"valve9-1\". Use of other-11-2-, valve1-0.");
  }

  @Test
  void namesFileLineAndColumnOfABadCell() throws IOException {
    write("valve1/0.csv", "2020-03-09 11:00:00;1;2;3;4;5;six;7;8;1.0;1.0\n");

    assertThatThrownBy(() -> new Skab().open(folder, Selection.ALL))
        .hasMessageContaining("0.csv, line 2: Thermocouple is \"six\", not a number.");
  }

  private void write(String name, String rows) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, HEADER + rows);
  }
}
