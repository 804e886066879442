package io.foreshock.backtest.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.backtest.history.HistoryRow.Event;
import io.foreshock.backtest.history.mapping.EventColumns.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeSorterTest {

  @Test
  void keepsTheOrderOfTimeThenAssetThenArrivalInMemoryAndOnDisk() throws IOException {
    long seed = 20261120;
    Random random = new Random(seed);
    for (int chunk : new int[] {5, 17, 100, 1_000_000}) {
      List<HistoryRow> rows = new ArrayList<>();
      try (TimeSorter sorter = new TimeSorter(chunk)) {
        for (int i = 0; i < 300; i++) {
          HistoryRow row = row(random.nextInt(20), random.nextInt(3), i);
          rows.add(row);
          sorter.add(row);
        }
        rows.sort(Comparator.comparingLong(HistoryRow::millis).thenComparingInt(HistoryRow::asset));
        List<HistoryRow> sorted = new ArrayList<>();
        sorter.drainTo(sorted::add);
        assertThat(sorted.stream().map(TimeSorterTest::text))
            .as("seed %d, chunk %d", seed, chunk)
            .isEqualTo(rows.stream().map(TimeSorterTest::text).toList());
      }
    }
  }

  @Test
  void leavesNoFilesBehind() throws IOException {
    long before = files();
    try (TimeSorter sorter = new TimeSorter(2)) {
      for (int i = 0; i < 20; i++) {
        sorter.add(row(i, 0, i));
      }
      assertThat(files()).isGreaterThan(before);
      sorter.drainTo(row -> {});
    }
    assertThat(files()).isEqualTo(before);
  }

  private static long files() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("foreshock-history-")).count();
    }
  }

  private static HistoryRow row(long millis, int asset, int number) {
    return new HistoryRow(
        millis,
        asset,
        new int[] {number % 3},
        new double[] {number},
        number % 4 == 0
            ? new Event[] {new Event(Kind.FAULT, "E" + number, "", "WARNING")}
            : HistoryRow.NO_EVENTS);
  }

  private static String text(HistoryRow row) {
    return row.millis()
        + " "
        + row.asset()
        + " "
        + row.channels()[0]
        + "="
        + row.values()[0]
        + List.of(row.events());
  }
}
